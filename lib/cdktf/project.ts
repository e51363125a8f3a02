// SPDX-License-Identifier: Apache-2.0
// The project's own file, cdktf.json: where it is, and which providers it declares.

import * as host from "weir:host";
import { dirname, join } from "./paths.ts";

/** The folder of the nearest cdktf.json, the working directory's or above; undefined if there is none. */
export function projectFolder(): string | undefined {
  for (let folder = host.cwd(); ; folder = dirname(folder)) {
    if (host.stat(join(folder, "cdktf.json")) !== undefined) return folder;
    if (folder === "/" || folder === ".") return undefined;
  }
}

/** A provider as Terraform is told of it. */
export interface RequiredProvider {
  readonly source: string;
  /** Undefined where any version will do. */
  readonly version: string | undefined;
}

/** What `terraformProviders` of cdktf.json says of a provider: texts such as `hashicorp/google@~> 6.0`, or objects. */
export function declaredProvider(name: string): RequiredProvider | undefined {
  for (const entry of declaredProviders()) {
    const [source, version] = typeof entry === "string" ? entry.split("@") : [entry?.source ?? entry?.name, entry?.version];
    if (typeof source !== "string") continue;
    const steps = source.trim().split("/");
    if ((entry.name ?? steps.at(-1)) !== name) continue;
    const isWhole = steps.length > 1;
    return { source: isWhole ? steps.join("/") : `hashicorp/${name}`, version: typeof version === "string" ? version.trim() : undefined };
  }
  return undefined;
}

function declaredProviders(): any[] {
  const folder = projectFolder();
  const bytes = folder === undefined ? undefined : host.readFile(join(folder, "cdktf.json"));
  try {
    const listed = JSON.parse(new TextDecoder().decode(bytes)).terraformProviders;
    return Array.isArray(listed) ? listed : [];
  } catch {
    return []; // none, or no JSON: that is told elsewhere
  }
}

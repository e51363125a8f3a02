// SPDX-License-Identifier: Apache-2.0
// What the app's own packages of bindings say, where it has some: libraries are made for those, and weir runs none of them.

import * as host from "weir:host";
import { dirname, join } from "../cdktf/paths.ts";
import type { Shape } from "./shape.ts";

const texts = new Map<Shape, string | undefined>();

/** False if the installed bindings of a class have no such property, neither of its own nor in an object; undefined if there are none. */
export function isInBindings(shape: Shape, property: string): boolean | undefined {
  if (!texts.has(shape)) texts.set(shape, textOf(shape));
  const text = texts.get(shape);
  return text && new RegExp(`\\b(?:config|struct)\\.${property.replace(/\W/g, "\\$&")}\\b`).test(text);
}

/** The text of a class's bindings; those of many objects stand in files of their own. */
function textOf(shape: Shape): string | undefined {
  const [provider, kind, type] = shape.path.split("/");
  const bare = (type.startsWith(`${provider}_`) ? type.slice(provider.length + 1) : type).replaceAll("_", "-");
  const module = kind === "provider" ? kind : kind === "data" ? `data-${provider}-${bare}` : bare;
  for (let folder = host.cwd(); ; folder = dirname(folder)) {
    for (const scope of ["@cdktf", "@cdktn"]) {
      const files = join(folder, "node_modules", scope, `provider-${provider}`, "lib", module);
      const parts = host.list(join(files, "index-structs")).map((name: string) => join("index-structs", name));
      const texts = ["index.js", ...parts].map((name) => host.readFile(join(files, name))).filter((bytes) => bytes !== undefined);
      if (texts.length > 0) return texts.map((bytes) => new TextDecoder().decode(bytes)).join("\n");
    }
    if (folder === "/") break;
  }
  return undefined;
}

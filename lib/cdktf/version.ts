// SPDX-License-Identifier: Apache-2.0

import * as host from "weir:host";
import { flavour } from "./defects.ts";
import type { Flavour } from "./defects.ts";

const VERSIONS: { [flavour in Flavour]: string } = { cdktf: "0.21.0", cdktn: "0.24.0", weir: "0.21.0" };
let written: string | undefined;

/** The version of the library whose output is written; it stands in each file. That of the app's own package, where it has one. */
export function version(): string {
  return (written ??= installedVersion() ?? VERSIONS[flavour()]);
}

function installedVersion(): string | undefined {
  return host.installed(flavour() === "cdktn" ? "cdktn" : "cdktf")?.version;
}

/** The package.json of a provider's installed bindings; undefined if there are none. */
export function installedBindings(provider: string): any {
  return host.installed(`@cdktf/provider-${provider}`) ?? host.installed(`@cdktn/provider-${provider}`);
}

/** The version of a provider that its installed bindings are for. */
export function providerVersion(provider: string): string | undefined {
  const version = installedBindings(provider)?.cdktf?.provider?.version;
  return typeof version === "string" ? version : undefined;
}

// SPDX-License-Identifier: Apache-2.0

import { flavour } from "./defects.ts";
import type { Flavour } from "./defects.ts";

const VERSIONS: { [flavour in Flavour]: string } = { cdktf: "0.21.0", cdktn: "0.24.0", weir: "0.21.0" };

/** The version of the library whose output is written; it stands in each file. */
export function version(): string {
  return VERSIONS[flavour()];
}

// SPDX-License-Identifier: Apache-2.0
// The name of an element in Terraform, made of its path below the stack. A migrating user's state hangs on it. Names are put
// together in src/construct/logical_id.c.

import { logicalId } from "weir:host";
import { Token } from "./tokens.ts";

export const HIDDEN = "Default"; // counts in nothing

/** The name for a path but for its first ids: the only one as it is, or a readable part and a hash of all. Undefined where none counts. */
export function makeUniqueId(path: string, skipped: number): string | undefined {
  return logicalId(path, skipped) ?? withoutTokens(path, skipped);
}

/** The name of what looks as if it held tokens; where it does, it can have none. */
function withoutTokens(path: string, skipped: number): string | undefined {
  const broken = path.split("/").slice(skipped).find(Token.isUnresolved);
  if (broken !== undefined) throw new Error(`ID components may not include unresolved tokens: ${broken}`);
  return logicalId(path, skipped, false, true);
}

/** The name that cdktf gave before 0.15: the stack's id counts, and the readable part has letters and digits only. */
export function makeLegacyId(path: readonly string[]): string {
  return logicalId(path.join("/"), 0, true) as string;
}

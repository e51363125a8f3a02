// SPDX-License-Identifier: Apache-2.0
// The name of an element in Terraform, made of its path below the stack. A migrating user's state hangs on it.

import * as host from "weir:host";
import { Token } from "./tokens.ts";

const LENGTH_MAX = 255; // characters
const HUMAN_MAX = 240; // characters of the readable part, which a hash follows
export const HIDDEN = "Default"; // counts in nothing
const UNNAMED = "Resource"; // counts in the hash alone

/** The id for a path: its only part as it is, or a readable part and a hash of the whole. */
export function makeUniqueId(path: readonly string[]): string {
  const parts = path.filter((part) => part !== HIDDEN);
  if (parts.length === 0) throw new Error("Unable to calculate a unique id for an empty set of components");
  const broken = parts.find((part) => Token.isUnresolved(part));
  if (broken !== undefined) throw new Error(`ID components may not include unresolved tokens: ${broken}`);
  if (parts.length === 1) {
    const only = keepAllowed(parts[0]);
    if (only.length <= LENGTH_MAX) return only;
  }
  return nameWithHash(parts, keepAllowed);
}

/** The id that cdktf gave before 0.15: the stack's id counts, and the readable part has letters and digits only. */
export function makeLegacyId(path: readonly string[]): string {
  return nameWithHash(path.filter((part) => part !== HIDDEN), (part) => part.replace(/[^A-Za-z0-9]/g, ""));
}

function nameWithHash(parts: readonly string[], keep: (part: string) => string): string {
  const hash = host.digest("md5", parts.join("/")).slice(0, 8).toUpperCase();
  const readable = withoutRepeats(parts).filter((part) => part !== UNNAMED).map(keep);
  return `${readable.join("_").slice(0, HUMAN_MAX)}_${hash}`;
}

function keepAllowed(part: string): string {
  return part.replace(/[^A-Za-z0-9_-]/g, "");
}

/** Parts without those that the end of the part before them says already. */
function withoutRepeats(parts: readonly string[]): string[] {
  const kept: string[] = [];
  for (const part of parts) if (!kept.at(-1)?.endsWith(part)) kept.push(part);
  return kept;
}

// SPDX-License-Identifier: Apache-2.0
// What a program that is synthesized cannot do, said when it tries: many packages load what they never use. Not a module of Node.

import * as host from "weir:host";
import { coded } from "./errors.ts";

const REASON =
  "is refused: a program that is synthesized reads the files of its app, and nothing else of the machine or the network";

/** A function, or a class, that refuses. */
export function refuse(what: string): any {
  return function () {
    throw coded(new Error(`${what} ${REASON}`), "ERR_ACCESS_DENIED");
  };
}

/** Functions of a module that refuse, by their names. */
export function refuseAll(module: string, names: readonly string[]): any {
  const all: any = {};
  for (const name of names) {
    all[name] = refuse(`${module}.${name}()`);
  }
  return all;
}

/**
 * Says that the program asked for something that differs from run to run. The host decides by the calling frame whether an
 * author did so, and what is said; the answer is fixed in any case.
 */
export function impure(what: string): void {
  (host as any).impure?.(what);
}

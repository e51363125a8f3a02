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

const WHY = {
  clock: "reads the clock, so that each run would write something else",
  chance: "is random, so that each run would write something else",
  machine: "differs from machine to machine, and what is written with it",
};

const PASS_IN = "Pass the value in: --env NAME=VALUE, --context KEY=VALUE, or a constant.";

/**
 * Says that the program asked for something that differs from run to run. The host tells it where an author did so, and
 * nothing where a package did; the answer is fixed in any case.
 */
export function impure(what: string, why: keyof typeof WHY): void {
  host.impure(`${what} ${WHY[why]}.`, PASS_IN);
}

/** A function whose answer would differ from machine to machine, and is always this one. */
export function impureAnswer<T>(what: string, answer: T, why: keyof typeof WHY = "machine"): () => T {
  return () => {
    impure(`${what}()`, why);
    return answer;
  };
}

/** Says that the program asked for variables of the environment that nobody declared. */
export function undeclared(name: string | undefined): void {
  if (name === undefined) host.impure("process.env has what is declared, and nothing else of the environment.", "Read the variables by their names, and declare each with --env NAME.");
  else host.impure(`process.env.${name} is not declared, so that it is not there.`, `Declare it with --env ${name} or --env ${name}=VALUE.`);
}

// SPDX-License-Identifier: Apache-2.0
// The way past the checks of lib/provider/check.ts, for a value whose author knows better than the schema.

import { Intrinsic } from "./tokens.ts";

const marked = new WeakSet<object>();

/** Marks values that are not to be checked. */
export class Unchecked {
  /**
   * The same value, which is written as it is given: neither its type nor its place among allowed values is checked, nor anything
   * inside of it. The name of the property is, since what no schema knows is not written; for that there is `addOverride`.
   *
   * @template T
   * @param {T} value a value of a property, or all properties of a construct
   * @returns {T} the value where it is an object or a list; else a token that stands for it
   * @example
   * new SqsQueue(this, "queue", { delaySeconds: Unchecked.of("${local.delay}" as any) });
   */
  static of<T>(value: T): T {
    if (typeof value === "object" && value !== null) {
      marked.add(value);
      return value;
    }
    return value === undefined || value === null ? value : (new Intrinsic(value) as T);
  }
}

/** True for an object or list that went through `Unchecked.of`; anything else comes out of it as a token. */
export function isUnchecked(value: any): boolean {
  return typeof value === "object" && value !== null && marked.has(value);
}

// SPDX-License-Identifier: Apache-2.0
/**
 * Where an author wrote a property. A program with findings runs a second time with its object
 * literals marked (src/script/tag.h); then every object knows its literal. In the first run nothing
 * is known, and the finding has the place of the nearest author's call.
 */
import * as host from "weir:host";
import type { Place } from "./cdktf/findings.ts";

interface Origin {
  /** The number of the literal. */
  literal: number;
  /** What was spread into it, in order. */
  spreads: object[];
}

const origins = new WeakMap<object, Origin>();
const pending = new Map<number, object[]>();

/** Called by a marked program with each object that a literal made. */
function at<T extends object>(literal: number, made: T): T {
  origins.set(made, { literal, spreads: pending.get(literal) ?? [] });
  pending.delete(literal);
  return made;
}

/** Called by a marked program with what it spreads into a literal. */
function spread<T>(literal: number, value: T): T {
  if (typeof value === "object" && value !== null) {
    const before = pending.get(literal);
    if (before) before.push(value);
    else pending.set(literal, [value]);
  }
  return value;
}

Object.defineProperty(globalThis, "__weir_at", { value: at });
Object.defineProperty(globalThis, "__weir_spread", { value: spread });

/**
 * Where `key` of an object was written: in its own literal, else in what was spread into that.
 *
 * @param object what the author passed, props or a part of them
 * @param key the property; without it the literal's brace
 * @returns undefined when no literal is known, or none that has the key
 * @example place({ a: 1 }, "a") // where that a stands, in a marked program
 */
export function place(object: unknown, key?: string): Place | undefined {
  if (typeof object !== "object" || object === null) return undefined;
  const origin = origins.get(object);
  if (!origin) return undefined;
  if (key === undefined) return host.literalPlace(origin.literal);
  const own = host.literalPlace(origin.literal, key);
  if (own) return own;
  for (const one of origin.spreads.toReversed()) {
    const found = key in one ? place(one, key) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * Where a value stands by the keys and indices on the way to it: the last key on the way that has a
 * place.
 *
 * @example placeOnWay({ tags: { a: 1 } }, ["tags", "b"]) // where tags stands
 */
export function placeOnWay(object: unknown, path: ReadonlyArray<string | number>): Place | undefined {
  let found: Place | undefined;
  let at: any = object;
  for (const step of path) {
    if (typeof at !== "object" || at === null) break;
    if (typeof step === "string") found = place(at, step) ?? found;
    at = at[step];
  }
  return found;
}

// SPDX-License-Identifier: Apache-2.0
/**
 * Where an author wrote a property. A program with findings runs a second time with its object
 * literals marked (src/script/tag.h); then every object knows its literal. In the first run nothing
 * is known, and the finding has the place of the nearest author's call.
 */
import * as host from "weir:host";
import { report } from "./cdktf/findings.ts";
import type { Place } from "./cdktf/findings.ts";
import process from "./node/process.ts";

interface Origin {
  /** The number of the literal; 0: none made it. */
  readonly literal: number;
  /** What was spread into it, in order. */
  readonly spreads: readonly object[];
  /** The numbers of the assignments to its properties, the last one last. */
  readonly assignments: Set<number>;
}

const origins = new WeakMap<object, Origin>();
const pending = new Map<number, object[]>();
const literals: object[] = []; // what literals made, in order

/** Called by a marked program with each object that a literal made. */
function at<T extends object>(literal: number, made: T): T {
  origins.set(made, { literal, spreads: pending.get(literal) ?? [], assignments: new Set() });
  pending.delete(literal);
  literals.push(made);
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

/** Called by a marked program with the object of which it sets a property. */
function set<T>(assignment: number, value: T): T {
  if (typeof value !== "object" || value === null) return value;
  let origin = origins.get(value);
  if (origin === undefined) origins.set(value, (origin = { literal: 0, spreads: [], assignments: new Set() }));
  origin.assignments.delete(assignment);
  origin.assignments.add(assignment);
  return value;
}

let hasCalculated = false;

/** Called by a marked program with what a calculation comes to, or what goes into it. */
function number<T>(calculation: number, value: T): T {
  if (isMeaningless(value)) {
    hasCalculated = true;
    const remedy = "Leave it to Terraform: Op.add(number, 1), Op.gt(number, 1), Fn.max([number, 1]), and so on.";
    report("token-misuse", "A number that only Terraform will know can't be calculated with here.", host.literalPlace(calculation), "error", remedy);
  }
  return value;
}

/** True once a marked program was seen to calculate with what only Terraform will know: what comes of it needs no more words. */
export function hasToldCalculation(): boolean {
  return hasCalculated;
}

/** Called by a marked program with what it destructures. Of the environment it gets what asks at that place. */
function take<T>(destructuring: number, value: T): T {
  return (value as unknown) === process.env ? askingAt(destructuring) : value;
}

function askingAt(mark: number): any {
  const asks = (trap: keyof typeof Reflect): any => (_: object, ...rest: any[]): any => {
    host.askAt(mark);
    try {
      return (Reflect[trap] as any)(process.env, ...rest);
    } finally {
      host.askAt(0);
    }
  };
  return new Proxy(Object.create(null), { get: asks("get"), has: asks("has"), ownKeys: asks("ownKeys"), getOwnPropertyDescriptor: asks("getOwnPropertyDescriptor") });
}

/** Called by a marked program with what it throws. */
function thrown<T>(statement: number, value: T): T {
  if (!(value instanceof Error)) host.thrown(statement);
  return value;
}

for (const [name, value] of Object.entries({ at, spread, set, number, take, throw: thrown, enter: host.enterLoop, turn: host.turnLoop })) {
  Object.defineProperty(globalThis, `__weir_${name}`, { value });
}

const MEANINGLESS = 1e290; // tokens as numbers are beyond it, and what is calculated from them

/** True for a number that stands for what only Terraform will know, or was calculated from one. */
export function isMeaningless(value: unknown): boolean {
  return typeof value === "number" && (value < -MEANINGLESS || value > MEANINGLESS) && Number.isFinite(value);
}

/**
 * Where `key` of an object was written: where it was set last, in its own literal, in what was spread into that; else in the last literal
 * that has the same there, since the object may be a copy of that.
 *
 * @param object what the author passed, props or a part of them
 * @param key the property; without it the literal's brace
 * @returns undefined when no literal is known, or none that has the key
 * @example place({ a: 1 }, "a") // where that a stands, in a marked program
 */
export function place(object: unknown, key?: string): Place | undefined {
  if (typeof object !== "object" || object === null) return undefined;
  const origin = origins.get(object);
  if (key !== undefined) return (origin && placeOfKey(origin, key)) ?? placeOfLike(object, key);
  return origin && host.literalPlace(origin.literal);
}

/** True if a key of an object was written in its own literal, or set, as far as a marked program knows: not spread, nor passed on. */
export function isWrittenIn(object: object, key: string): boolean {
  const origin = origins.get(object);
  return origin !== undefined && ownPlace(origin, key) !== undefined;
}

/** Where a key was set or written, if not in what was spread. */
function ownPlace({ assignments, literal }: Origin, key: string): Place | undefined {
  for (const number of [...assignments].toReversed().concat(literal)) {
    const found = host.literalPlace(number, key);
    if (found) return found;
  }
  return undefined;
}

function placeOfKey(origin: Origin, key: string): Place | undefined {
  const own = ownPlace(origin, key);
  if (own) return own;
  for (const one of origin.spreads.toReversed()) {
    const found = key in one ? place(one, key) : undefined;
    if (found) return found;
  }
  return undefined;
}

function placeOfLike(object: object, key: string): Place | undefined {
  const value = ownValue(object, key);
  if (value === undefined) return undefined;
  for (const literal of literals.toReversed()) {
    if (literal === object || !isLike(ownValue(literal, key), value)) continue;
    const found = ownPlace(origins.get(literal) as Origin, key);
    if (found) return found;
  }
  return undefined;
}

/** What an object has at a key; a getter is not asked. */
function ownValue(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

/** The same, or what a copy of it looks like. */
function isLike(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => isLike(ownValue(left, key), ownValue(right, key)));
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

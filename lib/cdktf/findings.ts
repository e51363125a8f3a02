// SPDX-License-Identifier: Apache-2.0
// Mistakes of a program, told at the author's line. What the original lets pass is reported and the program goes on, so that
// one run tells all; what must stop it is thrown as a Mistake, which whoever runs the program reports if nobody catches it.

import * as host from "weir:host";

/** The kinds of mistakes that this library finds. */
export type MistakeKind =
  | "bad-id"
  | "circular-dependency"
  | "colliding-ids"
  | "conflicting-properties"
  | "duplicate-id"
  | "missing-provider"
  | "missing-required"
  | "no-stack"
  | "no-synth"
  | "out-of-range"
  | "token-misuse"
  | "too-many-items"
  | "unchecked"
  | "unknown-enum-value"
  | "unknown-property"
  | "upstream-defect"
  | "wrong-reference"
  | "wrong-type";

/** A place in the author's program; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** True if the nearest frame is a library's, and this the author's frame that called it. */
  readonly isLibrary?: boolean;
}

/** An error that has a kind, and may have a place other than where it was thrown. */
export class Mistake extends Error {
  readonly kind: MistakeKind;
  source: Place | undefined;

  constructor(kind: MistakeKind, message: string, source?: Place) {
    super(message);
    this.name = "Error"; // as the author's own code may print it
    this.kind = kind;
    this.source = source;
  }
}

/** Tells a mistake. One in a library is a warning: its author is someone else. */
export function report(
  kind: MistakeKind,
  message: string,
  place: Place | undefined,
  severity: "error" | "warning" = "error",
  remedy?: string,
): void {
  const { isLibrary, ...source } = place ?? {};
  host.report({ kind, severity: isLibrary ? "warning" : severity, message, remedy, ...source });
}

/** Tells a mistake in what was given, where that was `written`; it is a library's where that has `made` something of it. */
export function reportGiven(
  kind: MistakeKind,
  message: string,
  written: Place | undefined,
  made: Place | undefined,
  severity?: "error" | "warning",
  remedy?: string,
): void {
  report(kind, message, written === undefined ? made : { ...written, isLibrary: made?.isLibrary }, severity, remedy);
}

/** Where constructs were made. It is kept only in a run that has something to tell: stacks cost more than all else here. */
const places = new WeakMap<object, { readonly frames: readonly Place[]; readonly order: number }>();
let remembered = 0; // things so far
/** True in a run that remembers. */
export let isTracing = false;

/** From now on this run remembers. weir calls it before the program, where a run before found something to tell. */
export function startTracing(): void {
  isTracing = true;
}

/** Remembers where something was made: for a run that does so. */
export function remember(made: object): void {
  places.set(made, { frames: frames(), order: remembered++ });
}

const given = new WeakMap<object, object>();

/** Remembers what something was made from: for a run that does so. */
export function rememberGiven(made: object, config: object): void {
  given.set(made, config);
}

/** What something was made from, if this run remembers it. */
export function givenTo(made: object): object | undefined {
  return given.get(made);
}

/** Where something was made, if this run remembers it. */
export function placeOf(made: object): Place | undefined {
  return atNew(places.get(made)?.frames ?? []);
}

/** Which argument of a construct is wrong: a constructor that passes it on to `super` has it from its caller. */
export type Argument = keyof typeof ARGUMENTS;
const ARGUMENTS = { none: 0, id: 2, config: 3 } as const;

/** The author's nearest `new`: for what is wrong with the construct that is being made. */
export function hereMade(argument: Argument = "id"): Place | undefined {
  return atNew(frames(), argument);
}

/** The place of the author's `new` that frames lead to: a stack tells its last argument. */
export function atNew(frames: readonly Place[], argument: Argument = "id"): Place | undefined {
  const [first] = frames;
  if (first === undefined || first.isLibrary) return first;
  for (const { file, line, column } of frames) {
    const found = host.newPlace(file, line, column, ARGUMENTS[argument]);
    if (found !== null) return found ?? first;
  }
  return first;
}

/** How many things were made before this one, as far as this run remembers. */
export function orderOf(made: object): number {
  return places.get(made)?.order ?? -1;
}

const FRAME = /\(?((?:[a-z]+:\/{2})?[^\s()]+):(\d+):(\d+)\)?$/;
const OWN_FILE = /cdktf\/findings\.[a-z]+$/;

/** The nearest frame of the author: none of this library, none of a package. */
export function here(): Place | undefined {
  return frames()[0];
}

/** The frames of the author, the nearest first. */
export function frames(): readonly Place[] {
  return framesOf(new Error().stack);
}

function framesOf(stack: string | undefined): Place[] {
  const found: Place[] = [];
  let isLibrary = false;
  for (const text of (stack ?? "").split("\n")) {
    const frame = FRAME.exec(text);
    if (frame === null || isOwn(frame[1])) continue;
    if (frame[1].includes("/node_modules/")) isLibrary = true;
    else found.push({ file: frame[1].replace(/^file:\/\//, ""), line: Number(frame[2]), column: Number(frame[3]), isLibrary });
  }
  return found;
}

let ownFolder: string | undefined;

/** True for files of this library, which all lie beside this one. */
function isOwn(file: string): boolean {
  if (ownFolder === undefined) {
    const own = (new Error().stack ?? "").split("\n").map((line) => FRAME.exec(line)?.[1]).find((name) => name && OWN_FILE.test(name));
    ownFolder = own?.replace(OWN_FILE, "") ?? "weir:";
  }
  return file.startsWith(ownFolder) || file.startsWith("node:");
}

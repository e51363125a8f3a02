// SPDX-License-Identifier: Apache-2.0
// Whether a program gives a type what its schema takes: known properties, of the right type, all that are required, no more
// than Terraform accepts. What is not known before Terraform runs is not judged. Most never comes here: src/construct/check.c tells first what is
// surely right, by the same rules.

import * as host from "weir:host";
import { hereMade, reportGiven } from "../cdktf/findings.ts";
import type { MistakeKind } from "../cdktf/findings.ts";
import { isResolvable } from "../cdktf/resolve.ts";
import { isMapToken } from "../cdktf/token-table.ts";
import { Token } from "../cdktf/tokens.ts";
import { isUnchecked } from "../cdktf/unchecked.ts";
import { hasToldCalculation, isMeaningless, isWrittenIn, place, placeOnWay } from "../places.ts";
import { isInBindings } from "./bindings.ts";
import { firstBreach, isExpression } from "./facts.ts";
import { isBroken, judgeLater, rulesOf } from "./groups.ts";
import { misspelt, nearest } from "./nearest.ts";
import { propertyName } from "./names.ts";
import { identifierOf, narrowed, wrongReference } from "./references.ts";
import type { Wanted } from "./references.ts";
import { innerShape, knownOf, wantedOf } from "./shape.ts";
import type { Access, Known, Member, Shape } from "./shape.ts";
import type { Holder } from "./struct.ts";

/** The last step of a way into the configuration in hand, and those before it. */
interface Path {
  readonly above: Path | undefined;
  readonly step: string | number;
}

/**
 * Told without a shape: most of what programs give is surely right (src/construct/check.c).
 *
 * @param shape its number
 * @returns true if it has arguments of the type alone, each with a value; undefined where it has to be checked
 */
export function isSurelyGiven(shape: number, config: any, isProvider: boolean): boolean | undefined {
  return host.check(shape, config, isProvider, identifierOf);
}

/**
 * Reports what is wrong with a configuration. `isMeta` tells properties that every type has. `isOfDerived`: a class of the program's or a
 * package's passes it on.
 *
 * @returns true if it has arguments of the type alone, each with a value
 */
export function checkConfig(shape: Shape, config: any, isMeta: (property: string) => boolean, holder?: Holder, isOfDerived: boolean = false): boolean {
  if (typeof config !== "object" || config === null || isUnchecked(config)) return false;
  checked = config;
  checkedShape = shape;
  isDerived = isOfDerived;
  hasArgumentsOnly = true;
  breaksGroup = false;
  checkObject(shape, config, undefined, isMeta);
  if (breaksGroup && holder !== undefined) judgeLater(holder, shape, config);
  return hasArgumentsOnly;
}

/** Reports what is wrong with a value that is given to one property later on. */
export function checkAssigned(shape: Shape, member: Member, value: any): void {
  if (value === undefined || host.checkValue(shape.number, member.property, value, identifierOf) !== undefined) return;
  checked = { [member.property]: value };
  checkedShape = shape;
  isDerived = false;
  checkMember(shape, member, value, { above: undefined, step: member.property });
}

/** The configuration in hand: paths lead into it. */
let checked: any;
let checkedShape: Shape;
let isDerived = false;
/** True if a part of it breaks a rule about several properties. */
let breaksGroup = false;
/** False once something was seen that is no argument, or has no value. */
let hasArgumentsOnly = true;

/** At the way's end; what is wrong with an `item` of a list as a whole, at its own brace. */
function tell(kind: MistakeKind, path: Path | undefined, message: string, item?: object): void {
  const ofItem = typeof path?.step === "number" ? place(item) : undefined;
  reportGiven(kind, message, ofItem ?? placeOnWay(checked, stepsTo(path)), hereMade("config"));
}

function stepsTo(path: Path | undefined): Array<string | number> {
  const steps: Array<string | number> = [];
  for (let at = path; at !== undefined; at = at.above) steps.unshift(at.step);
  return steps;
}

/**
 * A property that is spread or passed on, and that the program itself reads, is the program's own: it goes no further, and TypeScript
 * lets it pass.
 */
function tellUnknown(shape: Shape, member: Member | undefined, object: any, property: string, above: Path | undefined): void {
  const message = unknownProperty(shape, member, property);
  const isOwn = member === undefined && (isDerived || !isWrittenIn(object, property)) && host.isRead(property);
  const remedy = isOwn ? `Leave it out of what is passed on: const { ${property}, ...rest } = props.` : undefined;
  reportGiven("unknown-property", message, placeOnWay(checked, stepsTo({ above, step: property })), hereMade("config"), isOwn ? "warning" : "error", remedy);
}

function checkObject(shape: Shape, object: any, above: Path | undefined, isMeta: (property: string) => boolean): void {
  const { byProperty, required, groups } = shape;
  const given = Object.keys(object);
  // No `for … of` here and below: the engine makes an iterator for each.
  for (let i = 0; i < given.length; i++) {
    const property = given[i];
    const value = object[property];
    const member = value === undefined ? undefined : byProperty[property];
    const known = member?.isSettable && (member.known ?? knownOf(member));
    if (known === undefined || known.isRefused) {
      hasArgumentsOnly = false;
      if (value === undefined) continue;
      if (!isMeta(property) && !isLeftOut(shape, member, property)) tellUnknown(shape, member, object, property, above);
    } else if (!isSurelyRight(member as Member, known, value)) {
      checkMember(shape, member as Member, value, { above, step: property });
    }
  }
  for (let i = 0; i < required.length; i++) {
    const { property } = required[i];
    if (object[property] === undefined) tell("missing-required", above, `${shape.label} requires '${property}', which is missing.`, object);
  }
  if (groups !== undefined && isBroken((shape.rules ??= rulesOf(groups)), given, object)) breaksGroup = true;
}

const properties = (shape: Shape): string[] => shape.settable.map(({ property }) => property);

/**
 * True for what a library passes on with all else that it was given, and means itself: its own bindings leave it out as well. What may
 * be misspelt is the author's.
 */
function isLeftOut(shape: Shape, member: Member | undefined, property: string): boolean {
  if (member !== undefined || hereMade("config")?.isLibrary !== true) return false;
  return isInBindings(checkedShape, property) === false && misspelt(property, properties(shape)) === undefined;
}

function unknownProperty(shape: Shape, member: Member | undefined, property: string): string {
  const start = `'${property}' is not a property of ${shape.label}`;
  if (member !== undefined) return `'${property}' of ${shape.label} is computed by the provider and can't be set.`;
  const camel = propertyName(property);
  if (property.includes("_") && shape.byProperty[camel] !== undefined) return `${start}; write it in camelCase: '${camel}'.`;
  const guess = nearest(property, properties(shape));
  return guess === undefined ? `${start}.` : `${start}; did you mean '${guess}'?`;
}

// Looked up once: a global is searched for at each use.
const { getPrototypeOf, prototype: plain } = Object;
const { isArray } = Array;

const NO_META = (): boolean => false;

/** True for what only Terraform knows, what stands for another value, and what its author wants unchecked. */
function isOpen(value: any): boolean {
  if (typeof value !== "object") return Token.isUnresolved(value);
  return value === null || isUnchecked(value) || isResolvable(value) || (Array.isArray(value) ? Token.isUnresolved(value) : isMapToken(value));
}

/**
 * True for what is right by its type alone, whatever it stands for; the rest is looked at again. Most of what programs give ends
 * here, so it makes no closures and calls little.
 */
function isSurelyRight(member: Member, known: Known, value: any): boolean {
  const { part, typeOf, whole } = (member.form ??= FORMS[member.access]);
  if (whole === ONE) return typeof value === typeOf && isSurelyAllowed(member, part, known.checks, value);
  if (whole === ANY || typeof value !== "object" || value === null) return false;
  if (whole === MAP ? getPrototypeOf(value) !== plain : !isArray(value)) return false;
  if (whole === LIST && !isCountRight(known, value.length)) return false;
  for (const key in value) if (typeof value[key] !== typeOf || !isSurelyAllowed(member, part, known.checks, value[key])) return false;
  return true;
}

function isCountRight({ minItems, maxItems }: Known, count: number): boolean {
  return count >= minItems && (maxItems === 0 || count <= maxItems);
}

/** True for a scalar of the right type that no check says anything of, and that is no reference which may be wrong. */
function isSurelyAllowed(member: Member, part: number, checks: Known["checks"], value: any): boolean {
  if (part === TEXT) {
    if (value.includes("${")) return wantedOf(member) === undefined;
  } else if (part === NUMBER && isMeaningless(value)) return false;
  for (let i = 0; i < checks.length; i++) if (checks[i](value) !== undefined) return false;
  return true;
}

function checkMember(shape: Shape, member: Member, value: any, path: Path): void {
  const wanted = wantedOf(member);
  if (wanted !== undefined && !isUnchecked(value)) checkReference(shape, member, wanted, value, path);
  if (isOpen(value)) return;
  if (isMeaningless(value)) {
    if (!hasToldCalculation()) tell("token-misuse", path, `${subject(shape, member)} was calculated from a number that only Terraform will know.`);
    return;
  }
  const inner = innerShape(member);
  if (inner === undefined) {
    checkValue(shape, member, value, path);
    if (Array.isArray(value)) checkCount(shape, member, value, path);
    if (knownOf(member).checks.length > 0) checkFacts(shape, member, value, path);
  } else if (member.holding === "object") {
    if (Array.isArray(value) && value.length > 1) {
      tell("too-many-items", path, `${subject(shape, member)} is one block (max_items 1), got a list of ${value.length}.`);
    } else if (typeof value !== "object" || Array.isArray(value)) tellType(shape, member, value, path, "one object");
    else checkObject(inner, value, path, NO_META);
  } else if (member.holding === "map") {
    if (isPlainMap(value)) checkItems(shape, member, inner, value, path);
    else tellType(shape, member, value, path, "a map of objects");
  } else if (Array.isArray(value)) {
    checkCount(shape, member, value, path);
    checkItems(shape, member, inner, value, path);
  } else tellType(shape, member, value, path, "a list of objects");
}

function tellType(shape: Shape, member: Member, value: any, path: Path, wanted: string): void {
  tell("wrong-type", path, `${subject(shape, member)} must be ${wanted}, got ${describe(value)}.`);
}

function subject(shape: Shape, member: Member): string {
  return `'${member.property}' of ${shape.label}`;
}

/** The objects of a list or a map. */
function checkItems(shape: Shape, member: Member, inner: Shape, items: any, above: Path): void {
  for (const step of stepsOf(items)) {
    const item = items[step];
    if (item === undefined || isOpen(item)) continue;
    if (typeof item === "object" && !Array.isArray(item)) checkObject(inner, item, { above, step }, NO_META);
    else tellType(shape, member, items, above, "made of objects");
  }
}

/** The indices of a list, the keys of a map. */
function stepsOf(items: any): Iterable<string | number> {
  return Array.isArray(items) ? items.keys() : Object.keys(items);
}

function checkCount(shape: Shape, member: Member, list: any[], path: Path): void {
  const known = knownOf(member);
  if (isCountRight(known, list.length)) return;
  const { minItems, maxItems } = known;
  const noun = member.inner === undefined ? "item" : "block";
  const counted = (count: number): string => `${count} ${count === 1 ? noun : `${noun}s`}`;
  if (maxItems > 0 && list.length > maxItems) {
    tell("too-many-items", path, `${subject(shape, member)} takes at most ${counted(maxItems)}, got ${list.length}.`);
  }
  if (list.length < minItems) {
    tell("missing-required", path, `${subject(shape, member)} takes at least ${counted(minItems)}, got ${list.length}.`);
  }
}

/** Each part of a value and the way to it: of a list its items, of a map its values. */
function eachPart(value: any, path: Path, visit: (part: any, path: Path) => void): void {
  if (typeof value === "object" && (Array.isArray(value) || !isOpen(value))) {
    for (const step of stepsOf(value)) visit(value[step], { above: path, step });
  } else visit(value, path);
}

function checkReference(shape: Shape, member: Member, wanted: Wanted, value: any, path: Path): void {
  eachPart(value, path, (part, at) => {
    const wrong = wrongReference(narrowed(wanted, shape.type), knownOf(member).targets, part);
    if (wrong !== undefined) tell("wrong-reference", at, `${subject(shape, member)} ${wrong}.`);
  });
}

/** What a provider takes beyond its schema. Text that holds an expression is not known yet. */
function checkFacts(shape: Shape, member: Member, value: any, path: Path): void {
  const { typeOf } = FORMS[member.access];
  const { checks } = knownOf(member);
  const judge = (part: any, at: Path): void => {
    if (typeof part !== typeOf || typeof part === "boolean" || isExpression(part) || Token.isUnresolved(part)) return;
    const breach = firstBreach(checks, part);
    if (breach !== undefined) tell(breach.kind, at, `${subject(shape, member)} must ${breach.rule}, got ${describe(part)}${breach.hint ?? "."}`);
  };
  if (typeof value === "object") eachPart(value, path, judge);
  else judge(value, path);
}

/** What a value is as a whole. Numbers, since the engine compares texts slowly. */
const ONE = 0;
const LIST = 1;
const MAP = 2;
const ANY = 3;
/** What its parts are. */
const TEXT = 0;
const NUMBER = 1;
const OTHER = 2;

export interface Form {
  /** `typeof` of each part. */
  readonly typeOf: string;
  readonly part: number;
  readonly whole: number;
  readonly name: string;
}

const FORMS: { readonly [access in Access]: Form } = {
  string: { typeOf: "string", part: TEXT, whole: ONE, name: "a string" },
  number: { typeOf: "number", part: NUMBER, whole: ONE, name: "a number" },
  bool: { typeOf: "boolean", part: OTHER, whole: ONE, name: "true or false" },
  stringList: { typeOf: "string", part: TEXT, whole: LIST, name: "a list of strings" },
  numberList: { typeOf: "number", part: NUMBER, whole: LIST, name: "a list of numbers" },
  stringSet: { typeOf: "string", part: TEXT, whole: LIST, name: "a list of strings" },
  numberSet: { typeOf: "number", part: NUMBER, whole: LIST, name: "a list of numbers" },
  stringMap: { typeOf: "string", part: TEXT, whole: MAP, name: "a map of strings" },
  numberMap: { typeOf: "number", part: NUMBER, whole: MAP, name: "a map of numbers" },
  boolMap: { typeOf: "boolean", part: OTHER, whole: MAP, name: "a map of true and false" },
  anySet: { typeOf: "any", part: OTHER, whole: LIST, name: "a list" },
  any: { typeOf: "any", part: OTHER, whole: ANY, name: "a value" },
};

function checkValue(shape: Shape, member: Member, value: any, path: Path): void {
  const { typeOf, whole, name } = FORMS[member.access];
  const isRight = (part: any): boolean => typeOf === "any" || typeof part === typeOf || isOpen(part) || part === undefined;
  const isFit =
    whole === ONE ? isRight(value)
    : whole === LIST ? Array.isArray(value) && value.every(isRight)
    : whole === MAP ? isPlainMap(value) && Object.values(value).every(isRight)
    : true;
  if (!isFit) tellType(shape, member, value, path, name);
}

function isPlainMap(value: any): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const SHOWN_MAX = 40; // characters of a value

function describe(value: any): string {
  if (typeof value === "string") return `the string ${JSON.stringify(value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value)}`;
  if (typeof value === "number" || typeof value === "boolean") return `the ${typeof value} ${value}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const name = value.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `an object of ${name}`;
}

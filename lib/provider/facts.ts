// SPDX-License-Identifier: Apache-2.0
// What a provider takes beyond what its schema says (data/facts): each fact of an argument as a check of one value. A check
// says nothing of a value that it can't be sure about. Which values are surely right is told before, by
// src/construct/allowed.c: it knows what is here.

import type { MistakeKind } from "../cdktf/findings.ts";
import { isIP, isIPv4, isIPv6 } from "../node/net.ts";
import { encode } from "../node/text.ts";
import { nearest } from "./nearest.ts";

type Bounds = readonly [least: number | null, most: number | null];
type Scalar = string | number;

/** Facts of one argument, as `host.fact` has them; data/facts/README.md says what each means. */
export interface Fact {
  readonly one_of?: readonly Scalar[];
  readonly not_one_of?: readonly Scalar[];
  readonly range?: Bounds;
  readonly above?: number;
  readonly multiple_of?: number;
  readonly integer?: true;
  readonly length?: Bounds;
  readonly items?: Bounds;
  readonly pattern?: readonly string[];
  readonly format?: string;
  readonly any?: readonly Fact[];
  readonly unsettable?: true;
  readonly refers_to?: readonly string[];
}

/** What is wrong with a value: "must …". */
export interface Breach {
  readonly kind: MistakeKind;
  readonly rule: string;
  /** What the sentence ends in, in place of a full stop. */
  readonly hint?: string;
}

export type Check = (value: Scalar) => Breach | undefined;

/** True for text that Terraform evaluates: what it comes to is not known. */
export function isExpression(value: unknown): boolean {
  return typeof value === "string" && (value.includes("${") || value.includes("%{"));
}

const SHOWN_VALUES = 12;

/** Values as they are written, the last ones where there are many: lists grow at their end. */
function shown(values: readonly Scalar[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  const rest = texts.length - SHOWN_VALUES;
  return rest <= 0 ? texts.join(", ") : `${texts.length} values, such as ${texts.slice(rest).join(", ")}`;
}

/** Providers compare some lists without regard to case, and don't say which. */
function isAmong(values: readonly Scalar[], value: Scalar): boolean {
  if (values.includes(value)) return true;
  const text = String(value).toLowerCase();
  return values.some((one) => String(one).toLowerCase() === text);
}

function span([least, most]: Bounds, unit: string = ""): string {
  if (least === most) return `${least}${unit}`;
  if (most === null) return `at least ${least}${unit}`;
  return least === null ? `at most ${most}${unit}` : `between ${least} and ${most}${unit}`;
}

/** Whether a number is within bounds. Here and in what is made of it nothing is taken apart or called for a value that is right. */
function within([least, most]: Bounds): (number: number) => boolean {
  const low = least ?? -Infinity;
  const high = most ?? Infinity;
  return (number) => number >= low && number <= high;
}

/** The number that a text holds; what is no number is judged by other facts. */
function numberOf(value: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** A check of numbers. */
function ofNumber(kind: MistakeKind, rule: () => string, isRight: (number: number) => boolean): Check {
  return (value) => {
    const number = typeof value === "number" ? value : numberOf(value);
    return number === undefined || isRight(number) ? undefined : { kind, rule: rule() };
  };
}

/** Providers count bytes or characters, and don't say which: a text is wrong if it is by either. */
function lengthCheck(bounds: Bounds): Check {
  const [least, most] = bounds;
  const isRight = within(bounds);
  const rule = (): string => `have ${span(bounds, least === 1 && most === 1 ? " character" : " characters")}`;
  return (value) => {
    if (typeof value !== "string" || isRight(value.length)) return undefined;
    const isShort = least !== null && value.length < least && encode(value).length < least;
    const isLong = most !== null && value.length > most && [...value].length > most;
    return isShort || isLong ? { kind: "out-of-range", rule: rule() } : undefined;
  };
}

/** An expression of Go's, or undefined where it means something else here. */
function regularExpression(pattern: string): RegExp | undefined {
  if (/\\[AzZQEC]|\(\?[^:]|\[\[:|\\x\{/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, /\\p/i.test(pattern) ? "u" : "");
  } catch {
    return undefined;
  }
}

function patternCheck(pattern: string): Check {
  let expression: RegExp | undefined | null = null; // not made yet
  return (value) => {
    if (typeof value !== "string") return undefined;
    if (expression === null) expression = regularExpression(pattern);
    return expression === undefined || expression.test(value) ? undefined : { kind: "out-of-range", rule: `match ${pattern}` };
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isBlock(isAddress: (text: string) => boolean, bits: number): (text: string) => boolean {
  return (text) => {
    const [address, length, ...more] = text.split("/");
    return more.length === 0 && isAddress(address) && /^\d{1,3}$/.test(length ?? "") && Number(length) <= bits;
  };
}

const isIPv4Block = isBlock(isIPv4, 32);
const isIPv6Block = isBlock(isIPv6, 128);
const matches = (pattern: RegExp) => (text: string): boolean => pattern.test(text);

/** What texts of a format look like. Formats that are not here are not checked. */
const FORMATS: { [format: string]: { readonly name: string; readonly isRight: (text: string) => boolean } } = {
  arn: { name: "an ARN", isRight: matches(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./s) },
  json: { name: "JSON", isRight: isJson },
  iam_policy: { name: "a policy in JSON", isRight: isJson },
  account_id: { name: "an account id of 12 digits", isRight: matches(/^\d{12}$/) },
  region: { name: "a region such as eu-west-1", isRight: matches(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/) },
  cidr: { name: "a CIDR block", isRight: (text) => isIPv4Block(text) || isIPv6Block(text) },
  ipv4_cidr: { name: "an IPv4 CIDR block", isRight: isIPv4Block },
  ipv6_cidr: { name: "an IPv6 CIDR block", isRight: isIPv6Block },
  ip: { name: "an IP address", isRight: (text) => isIP(text) !== 0 },
  ipv4: { name: "an IPv4 address", isRight: isIPv4 },
  ipv6: { name: "an IPv6 address", isRight: isIPv6 },
  rfc3339: { name: "a time such as 2026-01-02T03:04:05Z", isRight: matches(/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/) },
  duration: { name: "a duration such as 1h30m", isRight: matches(/^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/) },
  base64: { name: "Base64", isRight: matches(/^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/) },
  uuid: { name: "a UUID", isRight: matches(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/) },
  s3_uri: { name: "a URI of S3, s3://…", isRight: matches(/^s3:\/\/./) },
  int: { name: "a whole number", isRight: matches(/^[-+]?\d+$/) },
  bool: { name: 'a truth value, "true" or "false"', isRight: matches(/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/) },
};

// What providers take beside a format without saying so: nothing, all, and words such as IAM_ALLOWED_PRINCIPALS.
const SPECIAL = /^([A-Z_]*|\*)$/;

function formatCheck(format: string): Check | undefined {
  const known = FORMATS[format];
  if (known === undefined) return undefined;
  return (value) => (typeof value !== "string" || SPECIAL.test(value) || known.isRight(value) ? undefined : { kind: "wrong-type", rule: `be ${known.name}` });
}

/** One of several facts must hold; where one of them can't be checked nothing is. */
function anyCheck(facts: readonly Fact[]): Check | undefined {
  const checks = facts.map(checksOf);
  if (checks.some((alternative) => alternative.length === 0)) return undefined;
  return (value) => {
    const broken: Breach[] = [];
    for (const alternative of checks) {
      const breach = firstBreach(alternative, value);
      if (breach === undefined) return undefined;
      broken.push(breach);
    }
    return { kind: broken[broken.length - 1].kind, rule: broken.map(({ rule }) => rule).join(" or ") };
  };
}

/** The allowed value that was most likely meant; of several texts the newest. */
function meant(values: readonly Scalar[], value: Scalar): Scalar | undefined {
  const numbers = values.filter((one) => typeof one === "number");
  if (typeof value === "string" || numbers.length === 0) return nearest(String(value), values.map(String).reverse());
  return numbers.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best));
}

function oneOfCheck(values: readonly Scalar[]): Check {
  return (value) => {
    if (isAmong(values, value)) return undefined;
    const near = meant(values, value);
    const hint = near === undefined ? undefined : `; did you mean ${JSON.stringify(near)}?`;
    return { kind: "unknown-enum-value", rule: `be ${values.length === 1 ? "" : "one of "}${shown(values)}`, hint };
  };
}

/** The first rule that a value breaks. */
export function firstBreach(checks: readonly Check[], value: Scalar): Breach | undefined {
  for (const check of checks) {
    const breach = check(value);
    if (breach !== undefined) return breach;
  }
  return undefined;
}

/** The checks of an argument's facts; of a list or a map they are about its elements. */
export function checksOf(fact: Fact): Check[] {
  const { one_of, not_one_of, range, above, multiple_of, integer, length, pattern, format, any } = fact;
  const checks: Check[] = [];
  const add = (check: Check | undefined): void => {
    if (check !== undefined) checks.push(check);
  };
  if (integer) add(ofNumber("wrong-type", () => "be a whole number", Number.isInteger));
  if (one_of) add(oneOfCheck(one_of));
  if (not_one_of) add((value) => (not_one_of.includes(value) ? { kind: "unknown-enum-value", rule: `not be ${shown(not_one_of)}` } : undefined));
  if (range) add(ofNumber("out-of-range", () => `be ${span(range)}`, within(range)));
  if (above !== undefined) add(ofNumber("out-of-range", () => `be above ${above}`, (number) => number > above));
  if (multiple_of !== undefined) add(ofNumber("out-of-range", () => `be a multiple of ${multiple_of}`, (number) => number % multiple_of === 0));
  if (length) add(lengthCheck(length));
  if (pattern) for (const one of pattern) add(patternCheck(one));
  if (format !== undefined) add(formatCheck(format));
  if (any) add(anyCheck(any));
  return checks;
}

// SPDX-License-Identifier: Apache-2.0
// Node's assert.

import { equal as deep } from "./equal.ts";
import { inspect } from "./inspect.ts";

interface Failure {
  message?: string;
  actual?: unknown;
  expected?: unknown;
  operator?: string;
}

export class AssertionError extends Error {
  readonly code = "ERR_ASSERTION";
  readonly generatedMessage: boolean;
  readonly actual: unknown;
  readonly expected: unknown;
  readonly operator: string | undefined;

  constructor(failure: Failure) {
    super(failure.message ?? `${inspect(failure.actual)} ${failure.operator} ${inspect(failure.expected)}`);
    this.name = "AssertionError";
    this.generatedMessage = failure.message === undefined;
    this.actual = failure.actual;
    this.expected = failure.expected;
    this.operator = failure.operator;
  }
}

function check(holds: boolean, failure: Failure, message: string, given?: string | Error): void {
  if (holds) {
    return;
  }
  if (given instanceof Error) {
    throw given;
  }
  const error: any = new AssertionError({ ...failure, message: given ?? message });
  error.generatedMessage = given === undefined;
  throw error;
}

/** Both values below a sentence, as Node shows them. */
function shown(sentence: string, actual: unknown, expected: unknown): string {
  return `${sentence}\n\n${inspect(actual)}\n\nshould equal\n\n${inspect(expected)}`;
}

export function ok(value?: unknown, message?: string | Error): void {
  const failure = { actual: value, expected: true, operator: "==" };
  check(!!value, failure, "The expression evaluated to a falsy value", message);
}

export function equal(actual: unknown, expected: unknown, message?: string | Error): void {
  // eslint-disable-next-line eqeqeq
  const holds = actual == expected || (actual !== actual && expected !== expected);
  check(holds, { actual, expected, operator: "==" }, `${inspect(actual)} == ${inspect(expected)}`, message);
}

export function notEqual(actual: unknown, expected: unknown, message?: string | Error): void {
  // eslint-disable-next-line eqeqeq
  const holds = actual != expected && (actual === actual || expected === expected);
  check(holds, { actual, expected, operator: "!=" }, `${inspect(actual)} != ${inspect(expected)}`, message);
}

export function strictEqual(actual: unknown, expected: unknown, message?: string | Error): void {
  const text = `Expected values to be strictly equal:\n\n${inspect(actual)} !== ${inspect(expected)}\n`;
  check(Object.is(actual, expected), { actual, expected, operator: "strictEqual" }, text, message);
}

export function notStrictEqual(actual: unknown, expected: unknown, message?: string | Error): void {
  const text = `Expected "actual" to be strictly unequal to: ${inspect(expected)}`;
  check(!Object.is(actual, expected), { actual, expected, operator: "notStrictEqual" }, text, message);
}

export function deepEqual(actual: unknown, expected: unknown, message?: string | Error): void {
  const text = shown("Expected values to be loosely deep-equal:", actual, expected);
  check(deep(actual, expected, false), { actual, expected, operator: "deepEqual" }, text, message);
}

export function notDeepEqual(actual: unknown, expected: unknown, message?: string | Error): void {
  const text = `Expected "actual" not to be loosely deep-equal to: ${inspect(expected)}`;
  check(!deep(actual, expected, false), { actual, expected, operator: "notDeepEqual" }, text, message);
}

export function deepStrictEqual(actual: unknown, expected: unknown, message?: string | Error): void {
  const text = shown("Expected values to be strictly deep-equal:", actual, expected);
  check(deep(actual, expected, true), { actual, expected, operator: "deepStrictEqual" }, text, message);
}

export function notDeepStrictEqual(actual: unknown, expected: unknown, message?: string | Error): void {
  const text = `Expected "actual" not to be strictly deep-equal to: ${inspect(expected)}`;
  check(!deep(actual, expected, true), { actual, expected, operator: "notDeepStrictEqual" }, text, message);
}

/** Whether an error is what throws() and rejects() ask for: a class, a pattern, a function or an object of properties. */
function isExpected(error: any, expected: any): boolean {
  if (expected === undefined || typeof expected === "string") {
    return true;
  }
  if (expected instanceof RegExp) {
    return expected.test(String(error));
  }
  if (typeof expected === "function") {
    return (expected.prototype !== undefined && error instanceof expected) ||
      (!(expected.prototype instanceof Error) && expected !== Error && expected(error) === true);
  }
  return Object.keys(expected).every((key) =>
    expected[key] instanceof RegExp && typeof error[key] === "string"
      ? expected[key].test(error[key])
      : deep(error[key], expected[key], true),
  );
}

/** Judges what was thrown; an error that is not the expected one goes on. */
function judge(error: any, expected: any, operator: string): void {
  if (isExpected(error, expected)) {
    return;
  }
  if (typeof expected === "function" && error instanceof Error) {
    throw error;
  }
  const failure = { actual: error, expected, operator };
  check(false, failure, `The error does not match ${inspect(expected)}: ${String(error)}`);
}

export function throws(fn: () => unknown, expected?: any, message?: string | Error): void {
  const text = typeof expected === "string" ? expected : message;
  try {
    fn();
  } catch (error) {
    judge(error, expected, "throws");
    return;
  }
  check(false, { expected, operator: "throws" }, "Missing expected exception.", text);
}

export function doesNotThrow(fn: () => unknown, message?: any): void {
  try {
    fn();
  } catch (error: any) {
    const text = `Got unwanted exception.\nActual message: "${error?.message}"`;
    check(false, { actual: error, operator: "doesNotThrow" }, text, typeof message === "string" ? message : undefined);
  }
}

export async function rejects(promise: any, expected?: any, message?: string | Error): Promise<void> {
  try {
    await (typeof promise === "function" ? promise() : promise);
  } catch (error) {
    judge(error, expected, "rejects");
    return;
  }
  check(false, { expected, operator: "rejects" }, "Missing expected rejection.", message);
}

export async function doesNotReject(promise: any, message?: any): Promise<void> {
  try {
    await (typeof promise === "function" ? promise() : promise);
  } catch (error: any) {
    const text = `Got unwanted rejection.\nActual message: "${error?.message}"`;
    check(false, { actual: error, operator: "doesNotReject" }, text, message);
  }
}

export function match(text: string, pattern: RegExp, message?: string | Error): void {
  const failure = { actual: text, expected: pattern, operator: "match" };
  const said = `The input did not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
  check(typeof text === "string" && pattern.test(text), failure, said, message);
}

export function doesNotMatch(text: string, pattern: RegExp, message?: string | Error): void {
  const failure = { actual: text, expected: pattern, operator: "doesNotMatch" };
  const said = `The input was expected to not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
  check(!(typeof text === "string" && pattern.test(text)), failure, said, message);
}

export function fail(message?: string | Error): never {
  check(false, { operator: "fail" }, "Failed", message);
  throw new Error("unreachable");
}

export function ifError(value: any): void {
  if (value !== null && value !== undefined) {
    const said = `ifError got unwanted exception: ${value instanceof Error ? value.message : inspect(value)}`;
    check(false, { actual: value, expected: null, operator: "ifError" }, said);
  }
}

const functions = {
  AssertionError,
  deepEqual,
  deepStrictEqual,
  doesNotMatch,
  doesNotReject,
  doesNotThrow,
  equal,
  fail,
  ifError,
  match,
  notDeepEqual,
  notDeepStrictEqual,
  notEqual,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
};

const assert: any = Object.assign((value?: unknown, message?: string | Error) => ok(value, message), functions);

/** The same, and each comparison is the strict one. */
export const strict: any = Object.assign((value?: unknown, message?: string | Error) => ok(value, message), functions, {
  equal: strictEqual,
  notEqual: notStrictEqual,
  deepEqual: deepStrictEqual,
  notDeepEqual: notDeepStrictEqual,
});
strict.strict = strict;
assert.strict = strict;

export default assert;

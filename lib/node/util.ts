// SPDX-License-Identifier: Apache-2.0
// Node's util: what synthesis uses of it.

import { equal } from "./equal.ts";
import { format, inspect } from "./inspect.ts";
import { decodeUtf8, encodeUtf8 } from "./text.ts";
import types from "./util/types.ts";

export { format, inspect } from "./inspect.ts";
export { types };

type AnyFunction = (...args: any[]) => any;

export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, true);
}

export function inherits(heir: any, parent: any): void {
  Object.defineProperty(heir, "super_", { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(heir.prototype, parent.prototype);
}

const promisified: unique symbol = Symbol.for("nodejs.util.promisify.custom") as any;

export function promisify(fn: any): AnyFunction {
  if (fn[promisified]) {
    return fn[promisified];
  }
  return function (this: any, ...args: any[]) {
    return new Promise((resolve, reject) => {
      fn.call(this, ...args, (error: any, value: any) => (error ? reject(error) : resolve(value)));
    });
  };
}
(promisify as any).custom = promisified;

export function callbackify(fn: AnyFunction): AnyFunction {
  return function (this: any, ...args: any[]) {
    const done = args.pop();
    fn.apply(this, args).then(
      (value: any) => done(null, value),
      (error: any) => done(error),
    );
  };
}

/** Says nothing: what is out of date in a package is not the author's business. */
export function deprecate<T extends AnyFunction>(fn: T): T {
  return fn;
}

export function debuglog(): any {
  const log: any = () => {};
  log.enabled = false;
  return log;
}
export const debug = debuglog;

export function stripVTControlCharacters(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "");
}

/** Without colours: the program does not know who reads it. */
export function styleText(_style: unknown, text: string): string {
  return text;
}

export function toUSVString(text: string): string {
  return decodeUtf8(encodeUtf8(String(text)));
}

export const isArray = Array.isArray;
export const isBoolean = (value: unknown): boolean => typeof value === "boolean";
export const isBuffer = (value: any): boolean => value?.constructor?.isBuffer?.(value) === true;
export const isDate = types.isDate;
export const isError = (value: unknown): boolean => value instanceof Error;
export const isFunction = (value: unknown): boolean => typeof value === "function";
export const isNull = (value: unknown): boolean => value === null;
export const isNullOrUndefined = (value: unknown): boolean => value === null || value === undefined;
export const isNumber = (value: unknown): boolean => typeof value === "number";
export const isObject = (value: unknown): boolean => value !== null && typeof value === "object";
export const isPrimitive = (value: unknown): boolean => Object(value) !== value;
export const isRegExp = types.isRegExp;
export const isString = (value: unknown): boolean => typeof value === "string";
export const isSymbol = (value: unknown): boolean => typeof value === "symbol";
export const isUndefined = (value: unknown): boolean => value === undefined;

export class TextEncoder {
  readonly encoding = "utf-8";
  encode(text = ""): Uint8Array {
    return encodeUtf8(String(text));
  }
}

export class TextDecoder {
  readonly encoding = "utf-8";
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    if (!/^utf-?8$/i.test(label)) {
      throw new RangeError(`The "${label}" encoding is not supported`);
    }
    this.fatal = options.fatal === true;
    this.ignoreBOM = options.ignoreBOM === true;
  }

  decode(data?: ArrayBuffer | ArrayBufferView): string {
    if (data === undefined) {
      return "";
    }
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    const text = decodeUtf8(bytes, this.fatal);
    return !this.ignoreBOM && text.startsWith("\ufeff") ? text.slice(1) : text;
  }
}

export default {
  TextDecoder,
  TextEncoder,
  callbackify,
  debug,
  debuglog,
  deprecate,
  format,
  inherits,
  inspect,
  isArray,
  isBoolean,
  isBuffer,
  isDate,
  isDeepStrictEqual,
  isError,
  isFunction,
  isNull,
  isNullOrUndefined,
  isNumber,
  isObject,
  isPrimitive,
  isRegExp,
  isString,
  isSymbol,
  isUndefined,
  promisify,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  types,
};

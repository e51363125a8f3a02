// SPDX-License-Identifier: Apache-2.0
// structuredClone. Not a module of Node: globals.ts has it.

/** Functions, symbols and what only an engine could copy. */
function refused(value: any): never {
  const error: any = new Error(`${typeof value === "symbol" ? String(value) : value} could not be cloned.`);
  error.name = "DataCloneError";
  error.code = 25;
  throw error;
}

/** The empty copy of an object, to be filled; a whole one where nothing can be added. */
function shell(value: any): any {
  if (Array.isArray(value)) {
    return new Array(value.length);
  }
  if (value instanceof Map) {
    return new Map();
  }
  if (value instanceof Set) {
    return new Set();
  }
  if (value instanceof Date) {
    return new Date(value.getTime());
  }
  if (value instanceof RegExp) {
    return new RegExp(value.source, value.flags);
  }
  if (value instanceof ArrayBuffer) {
    return value.slice(0);
  }
  if (ArrayBuffer.isView(value)) {
    const Kind: any = value instanceof Uint8Array ? Uint8Array : value.constructor;
    return new Kind(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
  }
  if (value instanceof String || value instanceof Number || value instanceof Boolean) {
    return Object(value.valueOf());
  }
  if (value instanceof Error) {
    const kinds: any = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
    const copy = new (kinds[value.name] ?? Error)(value.message);
    copy.stack = value.stack;
    return copy;
  }
  return value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet ? refused(value) : {};
}

function copy(value: any, seen: Map<object, any>): any {
  if (typeof value === "function" || typeof value === "symbol") {
    return refused(value);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (seen.has(value)) {
    return seen.get(value);
  }
  const made = shell(value);
  seen.set(value, made);
  if (value instanceof Map) {
    value.forEach((item: any, key: any) => made.set(copy(key, seen), copy(item, seen)));
  } else if (value instanceof Set) {
    value.forEach((item: any) => made.add(copy(item, seen)));
  } else if (value instanceof Error) {
    if ("cause" in value) {
      Object.defineProperty(made, "cause", { value: copy(value.cause, seen), writable: true, configurable: true });
    }
  } else if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
    for (const key of Object.keys(value)) {
      made[key] = copy(value[key], seen);
    }
  }
  return made;
}

export function structuredClone(value: any): any {
  return copy(value, new Map());
}

// SPDX-License-Identifier: Apache-2.0
// Deep equality as assert and util have it. Not a module of Node: both share it.

function sameValue(a: unknown, b: unknown, strict: boolean): boolean {
  // eslint-disable-next-line eqeqeq
  return strict ? Object.is(a, b) : a == b || (a !== a && b !== b);
}

function ownKeys(value: object, strict: boolean): (string | symbol)[] {
  const symbols = strict
    ? Object.getOwnPropertySymbols(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))
    : [];
  return [...Object.keys(value), ...symbols];
}

/** Each of `left` has a partner of its own in `right`. */
function paired(left: any[], right: any[], same: (a: any, b: any) => boolean): boolean {
  const rest = [...right];
  return left.every((item) => {
    const at = rest.findIndex((other) => same(item, other));
    return at >= 0 && rest.splice(at, 1).length === 1;
  });
}

function sameInside(a: any, b: any, strict: boolean, same: (x: any, y: any) => boolean): boolean {
  if (a instanceof Date && b instanceof Date) {
    return Object.is(a.getTime(), b.getTime());
  }
  if (a instanceof RegExp && b instanceof RegExp) {
    return String(a) === String(b) && a.lastIndex === b.lastIndex;
  }
  if (a instanceof Error) {
    return a.name === b.name && a.message === b.message;
  }
  if (a instanceof Map || a instanceof Set) {
    return a.size === b.size && paired([...(a as any)], [...b], same);
  }
  if (a instanceof String || a instanceof Number || a instanceof Boolean) {
    return sameValue(a.valueOf(), b.valueOf(), strict);
  }
  return true;
}

function compare(a: any, b: any, strict: boolean, open: Map<object, object>): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") {
    return sameValue(a, b, strict);
  }
  if (open.get(a) === b) {
    return true;
  }
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) {
    return false;
  }
  if (Object.prototype.toString.call(a) !== Object.prototype.toString.call(b) || Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  if ((Array.isArray(a) || ArrayBuffer.isView(a)) && (a as any).length !== b.length) {
    return false;
  }
  open.set(a, b);
  const same = (x: any, y: any): boolean => compare(x, y, strict, open);
  const keys = ownKeys(a, strict);
  const equal =
    sameInside(a, b, strict, same) &&
    keys.length === ownKeys(b, strict).length &&
    keys.every((key) => Object.prototype.hasOwnProperty.call(b, key) && same(a[key], b[key]));
  open.delete(a);
  return equal;
}

export function equal(a: unknown, b: unknown, strict: boolean): boolean {
  return compare(a, b, strict, new Map());
}

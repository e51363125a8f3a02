// SPDX-License-Identifier: Apache-2.0
// Errors as Node words them. Not a module of Node: the others share it.

/** An error of a class with Node's code. */
export function coded<E extends Error>(error: E, code: string): E {
  return Object.assign(error, { code });
}

/** What came in place of what was wanted. */
function received(value: any): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (typeof value === "function") {
    return `function ${value.name}`;
  }
  if (typeof value === "object") {
    return `an instance of ${value.constructor?.name ?? "Object"}`;
  }
  const text = typeof value === "string" ? `'${value.length > 28 ? `${value.slice(0, 25)}...` : value}'` : String(value);
  return `type ${typeof value} (${text}${typeof value === "bigint" ? "n" : ""})`;
}

/** `what` is 'The "path" argument' or the like, `wanted` "of type string". */
export function wrongType(what: string, wanted: string, value: unknown): TypeError {
  return coded(new TypeError(`${what} must be ${wanted}. Received ${received(value)}`), "ERR_INVALID_ARG_TYPE");
}

// SPDX-License-Identifier: Apache-2.0
// How fragments of configuration come together: objects merge, lists are joined, undefined deletes, all else replaces.

/** Merges sources into the target, which is returned. */
export function deepMerge(target: any, ...sources: any[]): any {
  for (const source of sources) {
    if (typeof source !== "object" || source === null) continue;
    for (const key of Object.keys(source)) mergeKey(target, key, source[key]);
  }
  return target;
}

function mergeKey(target: any, key: string, value: any): void {
  const present = target[key];
  if (value === undefined) {
    delete target[key];
  } else if (Array.isArray(value)) {
    target[key] = Array.isArray(present) ? [...present, ...value] : value;
  } else if (isPlain(value)) {
    // What is merged into must be ours, so that no object of the author's changes.
    target[key] = deepMerge(isPlain(present) ? present : {}, value);
  } else {
    target[key] = value;
  }
}

/** True for plain objects; tokens and other instances are values. */
function isPlain(value: any): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Sets what stands at a path of keys joined by dots, and makes what is missing. A dot within a key can't be written, as in the original. */
export function setPath(target: any, path: string, value: any): void {
  const keys = path.split(".");
  const last = keys.pop() as string;
  let at = target;
  for (const key of keys) {
    if (typeof at[key] !== "object" || at[key] === null) at[key] = {};
    at = at[key];
  }
  at[last] = value;
}

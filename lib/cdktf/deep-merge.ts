// SPDX-License-Identifier: Apache-2.0
// How fragments of configuration come together: objects merge, lists are joined, undefined deletes, all else replaces.

import { Mistake } from "./findings.ts";
import { isResolvable } from "./resolve.ts";

/** Merges sources into the target, which is returned. */
export function deepMerge(target: any, ...sources: any[]): any {
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    if (typeof source === "object" && source !== null) mergeAll(target, source);
  }
  return target;
}

function mergeAll(target: any, source: any): void {
  const keys = Object.keys(source);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const value = source[key];
    if (value === undefined) delete target[key];
    else if (typeof value === "object") mergeValue(target, key, value);
    else target[key] = value;
  }
}

function mergeValue(target: any, key: string, value: any): void {
  const present = target[key];
  if (Array.isArray(value)) {
    target[key] = Array.isArray(present) ? [...present, ...value] : value;
  } else if (isPlain(value) && !isResolvable(value)) {
    if (isResolvable(present)) {
      throw new Mistake("token-misuse", `Cannot override a part of '${key}', which is a token: what it holds is known to Terraform only. Override all of it.`);
    }
    // What is merged into must be ours, so that no object of the author's changes.
    const own = isPlain(present) ? present : Array.isArray(present) ? copyOfList(present) : {};
    mergeAll(own, value);
    target[key] = own;
  } else {
    target[key] = value;
  }
}

/** Items are reached by keys that are numbers. */
function copyOfList(list: any[]): any[] {
  return list.map((item) => (Array.isArray(item) ? copyOfList(item) : isPlain(item) ? deepMerge({}, item) : item));
}

/** True for plain objects; tokens and other instances are values. */
function isPlain(value: any): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Sets what stands at a path of keys joined by dots, and makes what is missing or, on the way, a list. A dot within a key can't be
 * written, as in the original.
 */
export function setPath(target: any, path: string, value: any): void {
  const keys = path.split(".");
  const last = keys.pop() as string;
  let at = target;
  for (const key of keys) {
    if (typeof at[key] !== "object" || at[key] === null || Array.isArray(at[key])) at[key] = {};
    at = at[key];
  }
  at[last] = value;
}

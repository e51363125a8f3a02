// SPDX-License-Identifier: Apache-2.0
// Names that no class has. Of a provider without a schema any name may be an attribute, so what is asked of its constructs and
// means nothing else is taken for one.

import { hasAside } from "./members.ts";

/**
 * What is asked of anything, to see what it is. Nothing else needs to be listed: whoever looks for a method finds an object
 * here, which is none.
 */
const ASKED: ReadonlySet<string> = new Set(["then", "toJSON", "constructor"]);
const PROPERTY = /^[a-z][A-Za-z0-9]*$/;

/** What becomes of a property that no class has. */
export interface OpenNames {
  read(holder: any, property: string): any;
  /** False where setting it is the program's own affair. */
  write?(holder: any, property: string, value: any): boolean;
}

/**
 * A prototype between `prototype` and those that derive from it. What an object has itself, or from a class, is found without
 * it or by it; what remains goes to `names`. It is a proxy, and no object of a program is one.
 */
export function openPrototype(prototype: object, names: OpenNames): object {
  const isOpen = (target: object, name: string | symbol): name is string =>
    typeof name === "string" && PROPERTY.test(name) && !ASKED.has(name) && !hasAside(target, name);
  return new Proxy(Object.create(prototype), {
    get: (target, name, receiver) => (isOpen(target, name) ? names.read(receiver, name) : Reflect.get(target, name, receiver)),
    set: (target, name, value, receiver) =>
      (isOpen(target, name) && names.write?.(receiver, name, value)) || Reflect.set(target, name, value, receiver),
  });
}

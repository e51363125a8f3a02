// SPDX-License-Identifier: Apache-2.0
// Fields that are looked for before they are set. What neither an element nor its classes have, the engine looks for in a proxy
// (lib/provider/members.ts), which costs more than all else that happens to most elements.

/** Lets a class have fields: they are undefined, and become an object's own where they are set. */
export function declareFields(prototype: object, names: ReadonlyArray<string | symbol>): void {
  for (const name of names) Object.defineProperty(prototype, name, { value: undefined, writable: true });
}

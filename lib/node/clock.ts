// SPDX-License-Identifier: Apache-2.0
// Date and Math.random as programs see them: time stands still and chance is always the same, and an author who asks is told.

import { impure } from "./refused.ts";

const RealDate = Date;
const realNow = Date.now;
const realRandom = Math.random;

/** Date; without arguments it asks for the time. */
export const ToldDate: DateConstructor = new Proxy(RealDate, {
  apply(target) {
    impure("Date()", "clock");
    return target();
  },
  construct(target, args, newTarget) {
    if (args.length === 0) impure("new Date()", "clock");
    return Reflect.construct(target, args, newTarget);
  },
});

function now(): number {
  impure("Date.now()", "clock");
  return realNow();
}

function random(): number {
  impure("Math.random()", "chance");
  return realRandom();
}

Object.defineProperty(RealDate, "now", { value: now, writable: true, configurable: true });
Object.defineProperty(RealDate.prototype, "constructor", { value: ToldDate, writable: true, configurable: true });
Object.defineProperty(Math, "random", { value: random, writable: true, configurable: true });

// SPDX-License-Identifier: Apache-2.0
// Node's timers: no time passes, so what waits runs in the order of its time, and behind all promises that are ready.

import { wrongType } from "./errors.ts";

type AnyFunction = (...args: any[]) => any;

interface Job {
  due: number;
  order: number;
  run: () => void;
  /** Milliseconds until it runs again; 0 for once. */
  every: number;
}

/** What setTimeout() returns. */
export class Timeout {
  /** undefined once it has run or was cleared. */
  job: Job | undefined;

  constructor(job: Job) {
    this.job = job;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  refresh(): this {
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.job?.order ?? 0;
  }
}

/** An interval that nobody clears would run for ever; Node's would too. */
const TURNS = 10000;
const waiting: Timeout[] = [];
let now = 0;
let orders = 0;
let turns = 0;

function start(fn: AnyFunction, delay: any, args: any[], repeat: boolean): Timeout {
  if (typeof fn !== "function") {
    throw wrongType('The "callback" argument', "of type function", fn);
  }
  const wait = Number(delay) >= 1 && Number(delay) <= 0x7fffffff ? Math.trunc(Number(delay)) : 1;
  const timeout = new Timeout({ due: now + wait, order: ++orders, run: () => fn(...args), every: repeat ? wait : 0 });
  waiting.push(timeout);
  return timeout;
}

/**
 * Runs the next job; false if there is none. Whoever runs a program calls this whenever no promise is ready, until
 * nothing is left.
 */
export function runNext(): boolean {
  let next: Timeout | undefined;
  for (const timeout of waiting) {
    const job = timeout.job as Job;
    const first = next?.job;
    if (!first || job.due < first.due || (job.due === first.due && job.order < first.order)) {
      next = timeout;
    }
  }
  if (!next) {
    return false;
  }
  if (++turns > TURNS) {
    throw new Error(`more than ${TURNS} timers ran; an interval is never cleared`);
  }
  const job = next.job as Job;
  now = Math.max(now, job.due);
  if (job.every > 0) {
    job.due = now + job.every;
    job.order = ++orders;
  } else {
    clearTimeout(next);
  }
  job.run();
  return true;
}

Object.defineProperty(globalThis, "__weir_next", { value: runNext });

export function setTimeout(fn: AnyFunction, delay?: number, ...args: any[]): Timeout {
  return start(fn, delay, args, false);
}

export function setInterval(fn: AnyFunction, delay?: number, ...args: any[]): Timeout {
  return start(fn, delay, args, true);
}

/** Before any timer. */
export function setImmediate(fn: AnyFunction, ...args: any[]): Timeout {
  const timeout = start(fn, 1, args, false);
  (timeout.job as Job).due = now;
  return timeout;
}

export function clearTimeout(timeout: any): void {
  const at = waiting.findIndex((other) => other === timeout || other.job?.order === timeout);
  if (at >= 0) {
    waiting[at].job = undefined;
    waiting.splice(at, 1);
  }
}

export const clearInterval = clearTimeout;
export const clearImmediate = clearTimeout;

export default { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };

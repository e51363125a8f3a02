// SPDX-License-Identifier: Apache-2.0
// What a program finds without importing it. Whoever runs programs imports this before the first of them.

import { Buffer, atob, btoa } from "./buffer.ts";
import { ToldDate } from "./clock.ts";
import { structuredClone } from "./clone.ts";
import console from "./console.ts";
import { webcrypto } from "./crypto.ts";
import { wrongType } from "./errors.ts";
import { performance } from "./perf_hooks.ts";
import process from "./process.ts";
import * as timers from "./timers.ts";
import { URL, URLSearchParams } from "./url.ts";
import { TextDecoder, TextEncoder } from "./util.ts";

function queueMicrotask(fn: () => void): void {
  if (typeof fn !== "function") {
    throw wrongType('The "callback" argument', "of type function", fn);
  }
  Promise.resolve().then(fn);
}

const globals: { [name: string]: any } = {
  Buffer,
  Date: ToldDate,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  clearImmediate: timers.clearImmediate,
  clearInterval: timers.clearInterval,
  clearTimeout: timers.clearTimeout,
  console,
  crypto: webcrypto,
  global: globalThis,
  performance,
  process,
  queueMicrotask,
  setImmediate: timers.setImmediate,
  setInterval: timers.setInterval,
  setTimeout: timers.setTimeout,
  structuredClone,
};
for (const name of Object.keys(globals)) {
  Object.defineProperty(globalThis, name, { value: globals[name], writable: true, configurable: true, enumerable: false });
}

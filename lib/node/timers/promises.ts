// SPDX-License-Identifier: Apache-2.0
// Node's timers/promises.

import * as timers from "../timers.ts";

export function setTimeout(delay?: number, value?: any): Promise<any> {
  return new Promise((resolve) => {
    timers.setTimeout(() => resolve(value), delay);
  });
}

export function setImmediate(value?: any): Promise<any> {
  return new Promise((resolve) => {
    timers.setImmediate(() => resolve(value));
  });
}

export default { setTimeout, setImmediate };

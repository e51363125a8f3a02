// SPDX-License-Identifier: Apache-2.0
// Node's perf_hooks: no time passes.

import { impureAnswer } from "./refused.ts";

export const performance = {
  timeOrigin: 0,
  now: impureAnswer("performance.now", 0, "clock"),
  mark: (): void => {},
  measure: (): void => {},
  clearMarks: (): void => {},
  clearMeasures: (): void => {},
  getEntries: (): any[] => [],
  getEntriesByName: (): any[] => [],
  getEntriesByType: (): any[] => [],
  toJSON: (): object => ({ timeOrigin: 0 }),
};

export class PerformanceObserver {
  observe(): void {}
  disconnect(): void {}
}

export default { performance, PerformanceObserver };

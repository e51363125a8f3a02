// SPDX-License-Identifier: Apache-2.0
// Node's async_hooks: a store for the time of a call. It does not follow what is awaited.

export class AsyncLocalStorage {
  private store: any;

  run(store: any, fn: (...args: any[]) => any, ...args: any[]): any {
    const before = this.store;
    this.store = store;
    try {
      return fn(...args);
    } finally {
      this.store = before;
    }
  }

  exit(fn: (...args: any[]) => any, ...args: any[]): any {
    return this.run(undefined, fn, ...args);
  }

  enterWith(store: any): void {
    this.store = store;
  }

  getStore(): any {
    return this.store;
  }

  disable(): void {
    this.store = undefined;
  }
}

export class AsyncResource {
  readonly type: string;

  constructor(type: string) {
    this.type = type;
  }

  runInAsyncScope(fn: (...args: any[]) => any, self?: any, ...args: any[]): any {
    return fn.apply(self, args);
  }

  emitDestroy(): this {
    return this;
  }
}

export const executionAsyncId = (): number => 1;
export const triggerAsyncId = (): number => 0;
export const createHook = (): any => ({ enable() {}, disable() {} });
export default { AsyncLocalStorage, AsyncResource, createHook, executionAsyncId, triggerAsyncId };

// SPDX-License-Identifier: Apache-2.0
// Node's EventEmitter.

import { wrongType } from "./errors.ts";

type Listener = (...args: any[]) => void;
interface Entry {
  listener: Listener;
  once: boolean;
}

/** Kept off the instance's enumerable keys: people print their objects. */
const tables = new WeakMap<object, Map<string | symbol, Entry[]>>();

function table(emitter: object): Map<string | symbol, Entry[]> {
  let known = tables.get(emitter);
  if (!known) {
    known = new Map();
    tables.set(emitter, known);
  }
  return known;
}

function add(emitter: any, event: string | symbol, listener: Listener, once: boolean, first: boolean): any {
  if (typeof listener !== "function") {
    throw wrongType('The "listener" argument', "of type function", listener);
  }
  if (table(emitter).has("newListener")) {
    emitter.emit("newListener", event, listener);
  }
  const entries = [...(table(emitter).get(event) ?? [])];
  entries[first ? "unshift" : "push"]({ listener, once });
  table(emitter).set(event, entries);
  return emitter;
}

/** A function, as in Node, so that old packages may call it without `new`. */
function Emitter(this: any): void {}

Emitter.prototype = {
  constructor: Emitter,
  on(event: string | symbol, listener: Listener) {
    return add(this, event, listener, false, false);
  },
  addListener(event: string | symbol, listener: Listener) {
    return add(this, event, listener, false, false);
  },
  once(event: string | symbol, listener: Listener) {
    return add(this, event, listener, true, false);
  },
  prependListener(event: string | symbol, listener: Listener) {
    return add(this, event, listener, false, true);
  },
  prependOnceListener(event: string | symbol, listener: Listener) {
    return add(this, event, listener, true, true);
  },
  off(event: string | symbol, listener: Listener) {
    const entries = table(this).get(event) ?? [];
    for (let i = entries.length - 1; i >= 0; i--) {
      if (entries[i].listener === listener) {
        const left = entries.filter((_, index) => index !== i);
        if (left.length) {
          table(this).set(event, left);
        } else {
          table(this).delete(event);
        }
        if (table(this).has("removeListener")) {
          (this as any).emit("removeListener", event, listener);
        }
        break;
      }
    }
    return this;
  },
  removeListener(event: string | symbol, listener: Listener) {
    return (this as any).off(event, listener);
  },
  removeAllListeners(event?: string | symbol) {
    if (event === undefined) {
      table(this).clear();
    } else {
      table(this).delete(event);
    }
    return this;
  },
  emit(event: string | symbol, ...args: any[]): boolean {
    const entries = table(this).get(event);
    if (!entries || entries.length === 0) {
      if (event !== "error") {
        return false;
      }
      throw args[0] instanceof Error ? args[0] : new Error(`Unhandled error. (${String(args[0])})`);
    }
    for (const entry of entries) {
      if (entry.once) {
        (this as any).off(event, entry.listener);
      }
      entry.listener.apply(this, args);
    }
    return true;
  },
  listenerCount(event: string | symbol): number {
    return table(this).get(event)?.length ?? 0;
  },
  listeners(event: string | symbol): Listener[] {
    return (table(this).get(event) ?? []).map((entry) => entry.listener);
  },
  rawListeners(event: string | symbol): Listener[] {
    return (this as any).listeners(event);
  },
  eventNames(): (string | symbol)[] {
    return [...table(this).keys()];
  },
  setMaxListeners() {
    return this;
  },
  getMaxListeners(): number {
    return 10;
  },
};
for (const key of Object.keys(Emitter.prototype)) {
  Object.defineProperty(Emitter.prototype, key, { enumerable: key !== "constructor" });
}

/** A promise of an event's arguments. */
export function once(emitter: any, event: string | symbol): Promise<any[]> {
  return new Promise((resolve, reject) => {
    emitter.once(event, (...args: any[]) => resolve(args));
    if (event !== "error") {
      emitter.once("error", reject);
    }
  });
}

export const defaultMaxListeners = 10;
export const EventEmitter: any = Emitter;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.once = once;
EventEmitter.defaultMaxListeners = defaultMaxListeners;
EventEmitter.listenerCount = (emitter: any, event: string | symbol) => emitter.listenerCount(event);

export default EventEmitter;

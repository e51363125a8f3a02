// SPDX-License-Identifier: Apache-2.0
// Node's process: declared variables of the environment, the working directory, and output that goes to standard error.

import * as host from "weir:host";
import { EventEmitter } from "./events.ts";
import { impure, impureAnswer, refuse, undeclared } from "./refused.ts";
import { decode } from "./text.ts";

/** The program ends here: no catch sees it. */
function exit(code?: number): never {
  host.exit(Number(code ?? process.exitCode ?? 0));
  for (;;);
}

/** What the program has set itself, over what the host declares. A removed one is undefined. */
const own: { [name: string]: string | undefined } = Object.create(null);

/** A variable that the host declares; an author who asks for another is told. */
function declared(name: string): string | undefined {
  const value = host.env(name);
  if (value === undefined && !host.declared().includes(name)) undeclared(name);
  return value;
}

/** What every object has, and what JSON and promises look for. */
function isOfObjects(name: string): boolean {
  return name in Object.prototype || name === "toJSON" || name === "then";
}

function valueOf(name: string | symbol): string | undefined {
  if (typeof name !== "string") return undefined;
  return name in own ? own[name] : declared(name);
}

const env: any = new Proxy(own, {
  get: (_, name) => (typeof name === "string" && isOfObjects(name) ? (Object.prototype as any)[name] : valueOf(name)),
  set: (_, name, value) => {
    own[String(name)] = String(value);
    return true;
  },
  has: (_, name) => valueOf(name) !== undefined,
  deleteProperty: (_, name) => {
    own[String(name)] = undefined;
    return true;
  },
  ownKeys: () => {
    undeclared(undefined);
    return [...new Set([...host.declared(), ...Object.keys(own)])].filter((name) => name in env);
  },
  getOwnPropertyDescriptor: (_, name) => {
    const value = valueOf(name);
    return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
  },
});

/** A stream that is written to and never watched. */
function output(fd: number): any {
  return Object.assign(new EventEmitter(), {
    fd,
    isTTY: false,
    columns: 80,
    writable: true,
    write(text: any, encodingOrDone?: any, done?: any): boolean {
      host.print(typeof text === "string" ? text : decode(text));
      const called = typeof encodingOrDone === "function" ? encodingOrDone : done;
      if (typeof called === "function") {
        Promise.resolve().then(() => called());
      }
      return true;
    },
    end(text?: any): void {
      if (text !== undefined) {
        this.write(text);
      }
    },
    getColorDepth: (): number => 1,
    hasColors: (): boolean => false,
  });
}

const VERSION = "v20.20.2";
const hrtime: any = impureAnswer("process.hrtime", [0, 0], "clock");
hrtime.bigint = impureAnswer("process.hrtime.bigint", 0n, "clock");
const PID = 1;

const process: any = Object.assign(new EventEmitter(), {
  argv: ["/usr/bin/node", ""],
  argv0: "node",
  arch: "x64",
  config: { variables: {} },
  env,
  execArgv: [],
  execPath: "/usr/bin/node",
  exitCode: undefined,
  features: {},
  platform: "linux",
  ppid: 0,
  release: { name: "node" },
  stderr: output(2),
  stdin: Object.assign(new EventEmitter(), { fd: 0, isTTY: false }),
  stdout: output(1),
  title: "node",
  version: VERSION,
  versions: { node: VERSION.slice(1), v8: "0.0.0", modules: "115" },
  abort: refuse("process.abort()"),
  chdir: refuse("process.chdir()"),
  cpuUsage: impureAnswer("process.cpuUsage", { user: 0, system: 0 }, "clock"),
  cwd: () => host.cwd(),
  emitWarning: (warning: any) => {
    host.print(`Warning: ${warning?.message ?? warning}\n`);
  },
  exit,
  getegid: () => 0,
  geteuid: () => 0,
  getgid: () => 0,
  getuid: () => 0,
  hrtime,
  kill: refuse("process.kill()"),
  memoryUsage: impureAnswer("process.memoryUsage", { rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  nextTick: (fn: (...args: any[]) => any, ...args: any[]) => {
    Promise.resolve().then(() => fn(...args));
  },
  umask: () => 0o22,
  uptime: impureAnswer("process.uptime", 0, "clock"),
});
Object.defineProperty(process, "pid", {
  get: () => {
    impure("process.pid", "chance");
    return PID;
  },
  enumerable: true,
  configurable: true,
});
Object.defineProperty(process, Symbol.toStringTag, { value: "process", configurable: true });

export const { argv, arch, cwd, nextTick, platform, stderr, stdin, stdout, version, versions } = process;
export { env, exit, hrtime, PID as pid };
export default process;

// SPDX-License-Identifier: Apache-2.0
// Node's process: declared variables of the environment, the working directory, and output that goes to standard error.

import * as host from "weir:host";
import { EventEmitter } from "./events.ts";
import { refuse } from "./refused.ts";
import { decode } from "./text.ts";

/** The program ends here: no catch sees it. */
function exit(code?: number): never {
  host.exit(Number(code ?? process.exitCode ?? 0));
  for (;;);
}

/** What the program has set itself, over what the host declares. A removed one is undefined. */
const own: { [name: string]: string | undefined } = Object.create(null);

const env: any = new Proxy(own, {
  get: (_, name) => (typeof name !== "string" ? undefined : name in own ? own[name] : host.env(name)),
  set: (_, name, value) => {
    own[String(name)] = String(value);
    return true;
  },
  has: (_, name) => (name in own ? own[String(name)] !== undefined : typeof name === "string" && host.env(name) !== undefined),
  deleteProperty: (_, name) => {
    own[String(name)] = undefined;
    return true;
  },
  ownKeys: () => [...new Set([...host.declared(), ...Object.keys(own)])].filter((name) => name in env),
  getOwnPropertyDescriptor: (_, name) => {
    const value = typeof name !== "string" ? undefined : name in own ? own[name] : host.env(name);
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
const hrtime: any = (before?: [number, number]): [number, number] => (before ? [0, 0] : [0, 0]);
hrtime.bigint = (): bigint => 0n;

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
  pid: 1,
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
  cpuUsage: () => ({ user: 0, system: 0 }),
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
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  nextTick: (fn: (...args: any[]) => any, ...args: any[]) => {
    Promise.resolve().then(() => fn(...args));
  },
  umask: () => 0o22,
  uptime: () => 0,
});
Object.defineProperty(process, Symbol.toStringTag, { value: "process", configurable: true });

export const { argv, arch, cwd, nextTick, pid, platform, stderr, stdin, stdout, version, versions } = process;
export { env, exit, hrtime };
export default process;

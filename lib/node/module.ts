// SPDX-License-Identifier: Apache-2.0
// Node's module: CommonJS. A file is run at its first use, as a function of (exports, require, module, __filename, __dirname).

import * as host from "weir:host";
import * as path from "./path.ts";
import { fileURLToPath } from "./url.ts";

/** What the host knows of modules (docs/internals/script.md). */
interface Loader {
  resolve(from: string, specifier: string, isRequire: boolean): { format: "esm" | "cjs" | "json" | "builtin" | "provider"; path: string };
  source(path: string): string;
  compile(text: string, path: string): (...args: any[]) => void;
  evaluate(path: string): any;
}
const loader = host as unknown as Loader;

/** Every file that was asked for, by its path. */
const cache: { [path: string]: any } = Object.create(null);

class Module {
  readonly id: string;
  readonly filename: string;
  readonly path: string;
  readonly parent: Module | null;
  readonly children: Module[] = [];
  readonly paths: string[] = [];
  exports: any = {};
  loaded = false;
  require: any;

  constructor(id: string, parent: Module | null = null) {
    this.id = id;
    this.filename = id;
    this.path = path.dirname(id);
    this.parent = parent;
    this.require = makeRequire(this);
    parent?.children.push(this);
  }

  /** Runs a text as this module. Packages that compile for themselves call it. */
  _compile(text: string, file: string): void {
    loader.compile(text, file).call(this.exports, this.exports, this.require, this, file, path.dirname(file));
  }
}

/** The program that is run; require.main of every module. */
let main: Module | undefined;

/** A namespace as require() gives it: that of Node's own modules is their default export. */
function facade(name: string, namespace: any): any {
  return name.startsWith("weir:lib/node/") ? namespace.default : namespace;
}

function loadJson(file: string, text: string): any {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error: any) {
    error.message = `${file}: ${error.message}`;
    throw error;
  }
}

function run(file: string, format: string, parent: Module | null): any {
  const known = cache[file];
  if (known) {
    return known.exports;
  }
  const module = new Module(file, parent);
  cache[file] = module;
  try {
    if (format === "json") {
      module.exports = loadJson(file, loader.source(file));
    } else {
      module._compile(loader.source(file), file);
    }
    module.loaded = true;
  } catch (error) {
    delete cache[file];
    throw error;
  }
  return module.exports;
}

function makeRequire(module: Module): any {
  const require: any = (specifier: string): any => {
    const found = loader.resolve(module.filename, specifier, true);
    if (found.format === "cjs" || found.format === "json") {
      return run(found.path, found.format, module);
    }
    return facade(found.path, loader.evaluate(found.path));
  };
  require.resolve = (specifier: string): string => {
    const found = loader.resolve(module.filename, specifier, true);
    return found.format === "builtin" || found.format === "provider" ? specifier : found.path;
  };
  require.resolve.paths = (): string[] => [];
  require.cache = cache;
  require.extensions = Object.create(null);
  Object.defineProperty(require, "main", { get: () => main, enumerable: true });
  return require;
}

/** module.exports of a CommonJS file. The loader calls it for an import of one. */
export function load(file: string, isMain = false): any {
  if (!isMain) {
    return run(file, file.endsWith(".json") ? "json" : "cjs", null);
  }
  main = new Module(file);
  cache[file] = main;
  main._compile(loader.source(file), file);
  main.loaded = true;
  return main.exports;
}

/** What an ES module that mentions require, module, exports, __filename or __dirname is given: they are a CommonJS file's. */
export function scopeOf(file: string): any {
  const module = cache[file] ?? (cache[file] = new Module(file));
  return { require: module.require, module, exports: module.exports, __filename: file, __dirname: path.dirname(file) };
}

export function createRequire(from: string | URL): any {
  const file = typeof from === "string" && !from.startsWith("file:") ? from : fileURLToPath(from as any);
  return makeRequire(new Module(file));
}

export const builtinModules: string[] = [
  "assert",
  "async_hooks",
  "buffer",
  "child_process",
  "console",
  "constants",
  "crypto",
  "events",
  "fs",
  "http",
  "https",
  "module",
  "net",
  "os",
  "path",
  "perf_hooks",
  "process",
  "querystring",
  "stream",
  "string_decoder",
  "timers",
  "tty",
  "url",
  "util",
  "worker_threads",
  "zlib",
];

export function isBuiltin(name: string): boolean {
  return builtinModules.includes(name.replace(/^node:/, "").split("/")[0]);
}

export { Module };
export default Object.assign(Module, { Module, builtinModules, createRequire, isBuiltin, _cache: cache });

// SPDX-License-Identifier: Apache-2.0
// Node's module: CommonJS. A file is run at its first use, as a function of (exports, require, module, __filename, __dirname).

import * as host from "weir:host";
import { wrongType } from "./errors.ts";
import * as path from "./path.ts";
import { fileURLToPath, pathToFileURL } from "./url.ts";

/** What a specifier means. */
interface Found {
  format: "esm" | "cjs" | "json" | "builtin" | "provider";
  path: string;
  /** Of a provider's module: which, and without `module` all of them. */
  provider?: string;
  module?: string;
}

/** What the host knows of modules (docs/internals/script.md). */
interface Loader {
  resolve(from: string, specifier: string): Found;
  source(path: string): string;
  compile(path: string, text?: string): (...args: any[]) => void;
  evaluate(path: string): any;
  /** The path of the program that is run. */
  main(): string;
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
  readonly first: any = {};
  exports: any = this.first;
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

  /** Whether module.exports was set to something else. */
  isReplaced(): boolean {
    return this.exports !== this.first;
  }

  /** Runs this module, or a text in its place: packages that compile for themselves call it. */
  _compile(text: string | undefined, file: string): void {
    loader.compile(file, text).call(this.exports, this.exports, this.require, this, file, path.dirname(file));
  }
}

/** What require() gives of modules that are no CommonJS, by path. */
const facades = new Map<string, any>();

function facade(found: Found): any {
  if (!facades.has(found.path)) {
    facades.set(found.path, makeFacade(found));
  }
  return facades.get(found.path);
}

function makeFacade({ format, path, provider, module }: Found): any {
  if (format === "provider") {
    const { packageExports, moduleExports } = loader.evaluate("weir:lib/provider/index.ts");
    return module === undefined ? packageExports(provider) : moduleExports(provider, module);
  }
  const namespace = loader.evaluate(path);
  // Of Node's own modules it is the default export; an ES module with `export =` has it in its scope.
  const scope = cache[path];
  return path.startsWith("weir:lib/node/") ? namespace.default : scope?.isReplaced() ? scope.exports : namespace;
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
      module._compile(undefined, file);
    }
    module.loaded = true;
  } catch (error) {
    delete cache[file];
    throw error;
  }
  return module.exports;
}

function resolve(from: string, specifier: string): Found {
  if (typeof specifier !== "string") {
    throw wrongType('The "id" argument', "of type string", specifier);
  }
  try {
    return loader.resolve(from, specifier);
  } catch (error: any) {
    // The loader knows the kind, packages that do without a module the code.
    throw error instanceof SyntaxError ? error : Object.assign(error, { code: "MODULE_NOT_FOUND", kind: "unknown-module" });
  }
}

function makeRequire(module: Module): any {
  const require: any = (specifier: string): any => {
    const found = resolve(module.filename, specifier);
    return found.format === "cjs" || found.format === "json" ? run(found.path, found.format, module) : facade(found);
  };
  require.resolve = (specifier: string): string => {
    const found = resolve(module.filename, specifier);
    return found.format === "builtin" || found.format === "provider" ? specifier : found.path;
  };
  require.resolve.paths = (): string[] => [];
  require.cache = cache;
  require.extensions = Object.create(null);
  Object.defineProperty(require, "main", { get: () => cache[loader.main()], enumerable: true });
  return require;
}

/** True for what can stand behind a dot and in a list of exports. */
const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key) && key !== "default";

/** Runs a CommonJS file that is imported, or reads JSON, and says which names it exports. */
function keys(file: string): string {
  const exports = run(file, file.endsWith(".json") ? "json" : "cjs", null);
  return typeof exports === "object" || typeof exports === "function" ? Object.keys(exports ?? {}).filter(isName).join() : "";
}
Object.defineProperty(globalThis, "__weir_keys", { value: keys });

/**
 * What an ES module sees of a CommonJS file that has run.
 *
 * @param isCompiled whether the importing module would have become CommonJS itself: then the default is what the file exports by that
 * name, if it was compiled from an ES module
 */
export function faceOf(file: string, isCompiled: boolean): { exports: any; default: any } {
  const exports = cache[file].exports;
  const hasDefault = isCompiled && exports?.__esModule && "default" in exports;
  return { exports, default: hasDefault ? exports.default : exports };
}

/** What an ES module that mentions require, module, exports, __filename or __dirname is given: they are a CommonJS file's. */
export function scopeOf(file: string): any {
  const module = cache[file] ?? (cache[file] = new Module(file));
  const dirname = path.dirname(file);
  const url = (target: string): string => pathToFileURL(target).href;
  const resolve = (specifier: string): string => url(module.require.resolve(specifier));
  const meta = Object.assign(Object.create(null), { dirname, filename: file, resolve, url: url(file) });
  return { require: module.require, module, exports: module.exports, __filename: file, __dirname: dirname, __weir_meta: meta };
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

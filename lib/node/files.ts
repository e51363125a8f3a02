// SPDX-License-Identifier: Apache-2.0
// The files that a program sees: those of its app, which it can read, and over them those that it has written itself, in
// memory alone. Not a module of Node: fs.ts says it in Node's words.

import * as host from "weir:host";
import { wrongType } from "./errors.ts";
import * as path from "./path.ts";

/** What was written over the app's files: bytes, a folder, or that nothing is there any more. */
type Written = Uint8Array | "folder" | "gone";
const written = new Map<string, Written>();

const CODES: { [code: string]: [number, string] } = {
  EACCES: [-13, "permission denied"],
  EEXIST: [-17, "file already exists"],
  EINVAL: [-22, "invalid argument"],
  EISDIR: [-21, "illegal operation on a directory"],
  ENOENT: [-2, "no such file or directory"],
  ENOTDIR: [-20, "not a directory"],
  ENOTEMPTY: [-39, "directory not empty"],
};

export function failure(code: string, call: string, name?: string, to?: string): Error {
  const [errno, text] = CODES[code];
  const places = [name, to].filter((place) => place !== undefined).map((place) => ` '${place}'`);
  const error: any = new Error(`${code}: ${text}, ${call}${places.join(" ->")}`);
  return Object.assign(error, { errno, code, syscall: call }, name === undefined ? {} : { path: name }, to === undefined ? {} : { dest: to });
}

/** The path that a caller means: a text, bytes or a file URL. */
export function pathOf(name: any): string {
  if (name?.protocol === "file:") {
    return decodeURIComponent(name.pathname);
  }
  if (typeof name === "string") {
    return path.resolve(name);
  }
  if (name instanceof Uint8Array) {
    return path.resolve(String(name));
  }
  throw wrongType('The "path" argument', "of type string or an instance of Buffer or URL", name);
}

/** What was removed, and a folder that was made, hide what the app has below. */
function isHidden(file: string): boolean {
  for (let at = file; at !== "/"; at = path.dirname(at)) {
    if (written.has(at)) {
      return true;
    }
  }
  return false;
}

export function stat(file: string): { file: boolean; directory: boolean; size: number } | undefined {
  const own = written.get(file);
  if (own === "folder") {
    return { file: false, directory: true, size: 4096 };
  }
  if (own instanceof Uint8Array) {
    return { file: true, directory: false, size: own.length };
  }
  const found = isHidden(file) ? undefined : host.stat(file);
  return !found && (file === "/tmp" || file === "/") ? { file: false, directory: true, size: 4096 } : found;
}

export function read(file: string): Uint8Array | undefined {
  const own = written.get(file);
  if (own !== undefined) {
    return own instanceof Uint8Array ? own : undefined;
  }
  return isHidden(file) ? undefined : host.readFile(file);
}

/** The names in a folder, sorted. */
export function list(folder: string): string[] {
  const names = new Set<string>(isHidden(folder) || !host.stat(folder)?.directory ? [] : host.list(folder));
  for (const [file, own] of written) {
    if (path.dirname(file) === folder && file !== "/") {
      if (own === "gone") {
        names.delete(path.basename(file));
      } else {
        names.add(path.basename(file));
      }
    }
  }
  return [...names].sort();
}

export function write(file: string, bytes: Uint8Array): void {
  written.set(file, bytes);
}

export function makeFolder(file: string): void {
  written.set(file, "folder");
}

/** Takes a file, or a folder with all that is in it, away from the program's eyes. */
export function remove(file: string): void {
  for (const known of [...written.keys()]) {
    if (known.startsWith(`${file}/`)) {
      written.delete(known);
    }
  }
  written.set(file, "gone");
}

/** Where a path leads once symbolic links are followed; the host knows no more than the path. */
export function realPath(file: string): string {
  return written.has(file) ? file : ((host as any).realPath?.(file) ?? file);
}

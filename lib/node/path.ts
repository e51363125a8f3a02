// SPDX-License-Identifier: Apache-2.0
// Node's path, POSIX alone: a program gives the same result whatever it is run on.

import * as host from "weir:host";
import { wrongType } from "./errors.ts";

/** The parts of a path, as parse() gives them and format() takes them. */
export interface ParsedPath {
  root: string;
  dir: string;
  base: string;
  ext: string;
  name: string;
}

export const sep = "/";
export const delimiter = ":";

function check(value: unknown, name: string): asserts value is string {
  if (typeof value !== "string") {
    throw wrongType(`The "${name}" argument`, "of type string", value);
  }
}

/** The segments of a path without "." and, as far as they can be taken back, "..". */
function segments(path: string, absolute: boolean): string[] {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") {
      continue;
    }
    if (segment !== "..") {
      kept.push(segment);
    } else if (kept.length > 0 && kept[kept.length - 1] !== "..") {
      kept.pop();
    } else if (!absolute) {
      kept.push(segment);
    }
  }
  return kept;
}

export function isAbsolute(path: string): boolean {
  check(path, "path");
  return path.startsWith("/");
}

export function normalize(path: string): string {
  check(path, "path");
  if (path === "") {
    return ".";
  }
  const absolute = path.startsWith("/");
  const joined = segments(path, absolute).join("/");
  const end = path.endsWith("/") && joined !== "" ? "/" : "";
  if (absolute) {
    return `/${joined}${end}`;
  }
  return joined === "" ? (path.endsWith("/") ? "./" : ".") : joined + end;
}

export function join(...paths: string[]): string {
  paths.forEach((path) => check(path, "path"));
  return normalize(paths.filter((path) => path !== "").join("/"));
}

export function resolve(...paths: string[]): string {
  let path = "";
  for (let i = paths.length - 1; i >= 0 && !path.startsWith("/"); i--) {
    check(paths[i], `paths[${i}]`);
    if (paths[i] !== "") {
      path = path === "" ? paths[i] : `${paths[i]}/${path}`;
    }
  }
  if (!path.startsWith("/")) {
    path = path === "" ? host.cwd() : `${host.cwd()}/${path}`;
  }
  return `/${segments(path, true).join("/")}`;
}

export function relative(from: string, to: string): string {
  check(from, "from");
  check(to, "to");
  const source = segments(resolve(from), true);
  const target = segments(resolve(to), true);
  let same = 0;
  while (same < source.length && same < target.length && source[same] === target[same]) {
    same++;
  }
  return [...source.slice(same).map(() => ".."), ...target.slice(same)].join("/");
}

/** Where the last segment begins and ends, trailing slashes left out. */
function lastSegment(path: string): [from: number, to: number] {
  let to = path.length;
  while (to > 0 && path[to - 1] === "/") {
    to--;
  }
  return [path.lastIndexOf("/", to - 1) + 1, to];
}

export function dirname(path: string): string {
  check(path, "path");
  let [end, to] = lastSegment(path);
  if (to === 0) {
    return path.startsWith("/") ? "/" : ".";
  }
  if (end === 0) {
    return ".";
  }
  end--;
  return end === 0 ? "/" : end === 1 && path[0] === "/" ? "//" : path.slice(0, end);
}

export function basename(path: string, suffix?: string): string {
  check(path, "path");
  if (suffix !== undefined) {
    check(suffix, "suffix");
    if (suffix === path) {
      return "";
    }
  }
  const [from, to] = lastSegment(path);
  const base = to === 0 ? "" : path.slice(from, to);
  const cut = suffix !== undefined && base !== suffix && base.endsWith(suffix);
  return cut ? base.slice(0, base.length - suffix.length) : base;
}

export function extname(path: string): string {
  check(path, "path");
  const base = basename(path);
  const dot = base.lastIndexOf(".");
  return dot <= 0 || base === ".." ? "" : base.slice(dot);
}

export function parse(path: string): ParsedPath {
  check(path, "path");
  const root = path.startsWith("/") ? "/" : "";
  const base = basename(path);
  const ext = extname(path);
  const [from, to] = lastSegment(path);
  const dir = to === 0 || from <= 1 ? root && from <= 1 ? root : "" : path.slice(0, from - 1);
  return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
}

export function format(parts: Partial<ParsedPath>): string {
  const dir = parts.dir || parts.root || "";
  const ext = parts.ext ? (parts.ext.startsWith(".") ? parts.ext : `.${parts.ext}`) : "";
  const base = parts.base || `${parts.name ?? ""}${ext}`;
  return dir === "" ? base : dir === parts.root ? dir + base : `${dir}/${base}`;
}

export function toNamespacedPath(path: string): string {
  return path;
}

const path: any = {
  sep,
  delimiter,
  isAbsolute,
  normalize,
  join,
  resolve,
  relative,
  dirname,
  basename,
  extname,
  parse,
  format,
  toNamespacedPath,
};
path.posix = path;

export const posix = path;
export default path;

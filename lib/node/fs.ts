// SPDX-License-Identifier: Apache-2.0
// Node's fs: the app's files to be read, and a memory of what the program has written, which nobody else sees: what belongs to
// the output is written by the library.

import { Buffer } from "./buffer.ts";
import * as files from "./files.ts";
import * as path from "./path.ts";
import { refuse } from "./refused.ts";
import { encode } from "./text.ts";

const { failure, pathOf } = files;

export const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2 };
export const { F_OK, R_OK, W_OK, X_OK } = constants;

/** What is told of a file. Times are fixed: they differ from checkout to checkout. */
export class Stats {
  readonly dev = 0;
  readonly ino = 0;
  readonly nlink = 1;
  readonly uid = 0;
  readonly gid = 0;
  readonly rdev = 0;
  readonly blksize = 4096;
  readonly blocks: number;
  readonly mode: number;
  readonly size: number;
  readonly atimeMs = 0;
  readonly mtimeMs = 0;
  readonly ctimeMs = 0;
  readonly birthtimeMs = 0;
  readonly atime = new Date(0);
  readonly mtime = new Date(0);
  readonly ctime = new Date(0);
  readonly birthtime = new Date(0);

  constructor(directory: boolean, size: number) {
    this.mode = directory ? 0o40755 : 0o100644;
    this.size = size;
    this.blocks = Math.ceil(size / 512);
  }
  isFile(): boolean {
    return (this.mode & 0o170000) === 0o100000;
  }
  isDirectory(): boolean {
    return (this.mode & 0o170000) === 0o40000;
  }
  isSymbolicLink(): boolean {
    return false;
  }
  isBlockDevice(): boolean {
    return false;
  }
  isCharacterDevice(): boolean {
    return false;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}

/** An entry of a folder. */
export class Dirent {
  readonly name: string;
  readonly parentPath: string;
  readonly path: string;
  private readonly stats: Stats;

  constructor(name: string, folder: string, stats: Stats) {
    this.name = name;
    this.parentPath = folder;
    this.path = folder;
    this.stats = stats;
  }
  isFile(): boolean {
    return this.stats.isFile();
  }
  isDirectory(): boolean {
    return this.stats.isDirectory();
  }
  isSymbolicLink(): boolean {
    return false;
  }
}

type Options = any;
const encodingOf = (options: Options): string | undefined => (typeof options === "string" ? options : options?.encoding) ?? undefined;

function known(name: any, call: string): Stats {
  const found = files.stat(pathOf(name));
  if (!found) {
    throw failure("ENOENT", call, String(name));
  }
  return new Stats(found.directory, found.size);
}

export function existsSync(name: any): boolean {
  try {
    return files.stat(pathOf(name)) !== undefined;
  } catch {
    return false;
  }
}

export function statSync(name: any, options?: Options): any {
  return options?.throwIfNoEntry === false && !existsSync(name) ? undefined : known(name, "stat");
}

export function lstatSync(name: any, options?: Options): any {
  return options?.throwIfNoEntry === false && !existsSync(name) ? undefined : known(name, "lstat");
}

export function accessSync(name: any): void {
  known(name, "access");
}

export function readFileSync(name: any, options?: Options): any {
  if (known(name, "open").isDirectory()) {
    throw failure("EISDIR", "read");
  }
  const bytes = files.read(pathOf(name));
  if (!bytes) {
    throw failure("EACCES", "open", String(name));
  }
  const encoding = encodingOf(options);
  return encoding === undefined || encoding === "buffer" ? Buffer.from(bytes) : Buffer.from(bytes).toString(encoding);
}

export function readdirSync(name: any, options?: Options): any[] {
  if (!known(name, "scandir").isDirectory()) {
    throw failure("ENOTDIR", "scandir", String(name));
  }
  const top = pathOf(name);
  const found: any[] = [];
  const visit = (folder: string, before: string): void => {
    const names = files.list(folder);
    for (const entry of names) {
      const stats = known(path.join(folder, entry), "stat");
      found.push(options?.withFileTypes ? new Dirent(entry, before === "" ? String(name) : path.join(String(name), before), stats) : path.join(before, entry));
    }
    for (const entry of options?.recursive ? names : []) {
      if (known(path.join(folder, entry), "stat").isDirectory()) {
        visit(path.join(folder, entry), path.join(before, entry));
      }
    }
  };
  visit(top, "");
  return found;
}

export function realpathSync(name: any): string {
  known(name, "lstat");
  return files.realPath(pathOf(name));
}
realpathSync.native = realpathSync;

/** A file can be written where its folder is. */
function checkFolder(name: any, call: string): void {
  const folder = files.stat(path.dirname(pathOf(name)));
  if (!folder?.directory) {
    throw failure(folder ? "ENOTDIR" : "ENOENT", call, String(name));
  }
}

export function mkdirSync(name: any, options?: Options): string | undefined {
  const file = pathOf(name);
  const found = files.stat(file);
  const deep = typeof options === "object" && options?.recursive === true;
  if (found) {
    if (deep && found.directory) {
      return undefined;
    }
    throw failure("EEXIST", "mkdir", String(name));
  }
  let first: string | undefined;
  if (deep) {
    first = file === "/" ? undefined : mkdirSync(path.dirname(file), options);
  } else {
    checkFolder(name, "mkdir");
  }
  files.makeFolder(file);
  return deep ? (first ?? file) : undefined;
}

let folders = 0;

/** The same names in the same order every time. */
export function mkdtempSync(before: any): string {
  const name = `${before}${String(++folders).padStart(6, "0")}`;
  mkdirSync(name);
  return name;
}

export function writeFileSync(name: any, data: any, options?: Options): void {
  if (files.stat(pathOf(name))?.directory) {
    throw failure("EISDIR", "open", String(name));
  }
  checkFolder(name, "open");
  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
    : encode(String(data), encodingOf(options));
  const flag = options?.flag ?? "w";
  if (flag.includes("x") && existsSync(name)) {
    throw failure("EEXIST", "open", String(name));
  }
  const before = flag.startsWith("a") ? (files.read(pathOf(name)) ?? new Uint8Array(0)) : new Uint8Array(0);
  files.write(pathOf(name), Buffer.concat([before, bytes]));
}

export function appendFileSync(name: any, data: any, options?: Options): void {
  writeFileSync(name, data, { encoding: encodingOf(options), flag: "a" });
}

export function copyFileSync(from: any, to: any, mode = 0): void {
  if (mode & constants.COPYFILE_EXCL && existsSync(to)) {
    throw failure("EEXIST", "copyfile", String(from), String(to));
  }
  if (!existsSync(from)) {
    throw failure("ENOENT", "copyfile", String(from), String(to));
  }
  writeFileSync(to, readFileSync(from));
}

export function cpSync(from: any, to: any, options?: Options): void {
  if (!known(from, "cp").isDirectory()) {
    copyFileSync(from, to);
    return;
  }
  if (options?.recursive !== true) {
    throw failure("EISDIR", "cp", String(from));
  }
  mkdirSync(to, { recursive: true });
  for (const name of files.list(pathOf(from))) {
    cpSync(path.join(String(from), name), path.join(String(to), name), options);
  }
}

export function unlinkSync(name: any): void {
  if (known(name, "unlink").isDirectory()) {
    throw failure("EISDIR", "unlink", String(name));
  }
  files.remove(pathOf(name));
}

export function rmdirSync(name: any, options?: Options): void {
  if (!known(name, "rmdir").isDirectory()) {
    throw failure("ENOTDIR", "rmdir", String(name));
  }
  if (options?.recursive !== true && files.list(pathOf(name)).length > 0) {
    throw failure("ENOTEMPTY", "rmdir", String(name));
  }
  files.remove(pathOf(name));
}

export function rmSync(name: any, options?: Options): void {
  if (options?.force === true && !existsSync(name)) {
    return;
  }
  if (known(name, "rm").isDirectory() && options?.recursive !== true) {
    throw failure("EISDIR", "rm", String(name));
  }
  files.remove(pathOf(name));
}

export function renameSync(from: any, to: any): void {
  if (!existsSync(from)) {
    throw failure("ENOENT", "rename", String(from), String(to));
  }
  cpSync(from, to, { recursive: true });
  files.remove(pathOf(from));
}

/** There are no links: a path is followed to its end before it is seen. */
export function readlinkSync(name: any): never {
  known(name, "readlink");
  throw failure("EINVAL", "readlink", String(name));
}

/** Rights and times do not reach the output. */
export function chmodSync(name: any): void {
  known(name, "chmod");
}
export function utimesSync(name: any): void {
  known(name, "utime");
}

const synchronous: { [name: string]: (...args: any[]) => any } = {
  access: accessSync,
  appendFile: appendFileSync,
  chmod: chmodSync,
  copyFile: copyFileSync,
  cp: cpSync,
  lstat: lstatSync,
  mkdir: mkdirSync,
  mkdtemp: mkdtempSync,
  readFile: readFileSync,
  readdir: readdirSync,
  readlink: readlinkSync,
  realpath: realpathSync,
  rename: renameSync,
  rm: rmSync,
  rmdir: rmdirSync,
  stat: statSync,
  unlink: unlinkSync,
  utimes: utimesSync,
  writeFile: writeFileSync,
};

/** The same functions, answering by a promise. */
export const promises: any = { constants };
/** The same functions, answering by a call of the last argument. */
const called: any = {};
for (const name of Object.keys(synchronous)) {
  const fn = synchronous[name];
  promises[name] = async (...args: any[]): Promise<any> => fn(...args);
  called[name] = (...args: any[]): void => {
    const done = args.pop();
    promises[name](...args).then(
      (value: any) => done(null, value),
      (error: any) => done(error),
    );
  };
}
called.exists = (name: any, done: (exists: boolean) => void): void => {
  Promise.resolve().then(() => done(existsSync(name)));
};

called.realpath.native = called.realpath;

export const {
  access,
  appendFile,
  chmod,
  copyFile,
  cp,
  exists,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  utimes,
  writeFile,
} = called;
export const createReadStream = refuse("fs.createReadStream()");
export const createWriteStream = refuse("fs.createWriteStream()");
export const openSync = refuse("fs.openSync()");
export const watch = refuse("fs.watch()");

export default {
  ...called,
  Dirent,
  Stats,
  accessSync,
  appendFileSync,
  chmodSync,
  constants,
  copyFileSync,
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  promises,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  unlinkSync,
  utimesSync,
  watch,
  writeFileSync,
  ...constants,
};

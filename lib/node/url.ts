// SPDX-License-Identifier: Apache-2.0
// Node's url: the WHATWG URL for the schemes that programs write, file URLs, and the old parse() and format().

import { coded } from "./errors.ts";
import * as path from "./path.ts";
import { encodeUtf8 } from "./text.ts";

const PORTS: { [scheme: string]: string } = { "http:": "80", "https:": "443", "ftp:": "21", "ws:": "80", "wss:": "443", "file:": "" };

function invalid(text: string): never {
  throw Object.assign(coded(new TypeError("Invalid URL"), "ERR_INVALID_URL"), { input: text });
}

/** Escapes what may not stand in a part of a URL; what is escaped already stays. */
function escapeBytes(text: string, allowed: RegExp): string {
  return text.replace(/[^\x21-\x7e]|[\s\S]/gu, (char) => {
    if (allowed.test(char)) {
      return char;
    }
    let escaped = "";
    for (const byte of encodeUtf8(char)) {
      escaped += `%${byte < 16 ? "0" : ""}${byte.toString(16).toUpperCase()}`;
    }
    return escaped;
  });
}

const IN_PATH = /^[!$%&'()*+,\-./0-9:;=@A-Z[\\\]^_a-z|~]$/;
const IN_QUERY = /^[!$%&()*+,\-./0-9:;=?@A-Z[\\\]^_`a-z{|}~]$/;
const IN_HASH = /^[!#$%&'()*+,\-./0-9:;=?@A-Z[\\\]^_a-z{|}~]$/;
const IN_USER = /^[!$%&'()*+,\-.0-9A-Z_a-z~]$/;
const IN_FORM = /^[*\-.0-9A-Z_a-z]$/;

/** "." and ".." taken out. */
function shortest(segments: string[]): string {
  const kept: string[] = [];
  segments.forEach((segment, index) => {
    const name = segment.replace(/%2e/gi, ".");
    if (name === "..") {
      kept.pop();
    } else if (name !== ".") {
      kept.push(segment);
    }
    if ((name === ".." || name === ".") && index === segments.length - 1) {
      kept.push("");
    }
  });
  return `/${kept.join("/")}`;
}

export class URLSearchParams {
  private list: [string, string][] = [];
  private readonly changed: (() => void) | undefined;

  constructor(init?: any, changed?: () => void) {
    if (typeof init === "string") {
      this.read(init);
    } else if (init && typeof init[Symbol.iterator] === "function") {
      this.list = Array.from(init as Iterable<[any, any]>, ([key, value]) => [String(key), String(value)]);
    } else if (init) {
      this.list = Object.keys(init).map((key) => [key, String(init[key])]);
    }
    this.changed = changed;
  }

  private read(text: string): void {
    for (const pair of text.replace(/^\?/, "").split("&")) {
      if (pair === "") {
        continue;
      }
      const at = pair.indexOf("=");
      const value = (part: string): string => {
        const spaced = part.replace(/\+/g, " ");
        try {
          return decodeURIComponent(spaced);
        } catch {
          return spaced;
        }
      };
      this.list.push([value(at < 0 ? pair : pair.slice(0, at)), at < 0 ? "" : value(pair.slice(at + 1))]);
    }
  }

  get size(): number {
    return this.list.length;
  }
  append(key: string, value: string): void {
    this.list.push([String(key), String(value)]);
    this.changed?.();
  }
  delete(key: string): void {
    this.list = this.list.filter(([name]) => name !== key);
    this.changed?.();
  }
  get(key: string): string | null {
    return this.list.find(([name]) => name === key)?.[1] ?? null;
  }
  getAll(key: string): string[] {
    return this.list.filter(([name]) => name === key).map(([, value]) => value);
  }
  has(key: string): boolean {
    return this.list.some(([name]) => name === key);
  }
  set(key: string, value: string): void {
    const at = this.list.findIndex(([name]) => name === key);
    if (at < 0) {
      this.list.push([String(key), String(value)]);
    } else {
      this.list = this.list.filter(([name], index) => index === at || name !== key);
      this.list[at] = [String(key), String(value)];
    }
    this.changed?.();
  }
  sort(): void {
    this.list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.changed?.();
  }
  forEach(fn: (value: string, key: string, params: URLSearchParams) => void): void {
    this.list.forEach(([key, value]) => fn(value, key, this));
  }
  entries(): IterableIterator<[string, string]> {
    return this.list.map(([key, value]): [string, string] => [key, value]).values();
  }
  keys(): IterableIterator<string> {
    return this.list.map(([key]) => key).values();
  }
  values(): IterableIterator<string> {
    return this.list.map(([, value]) => value).values();
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
  toString(): string {
    const text = (part: string): string => escapeBytes(part, IN_FORM).replace(/%20/g, "+");
    return this.list.map(([key, value]) => `${text(key)}=${text(value)}`).join("&");
  }
}

export class URL {
  protocol = "";
  username = "";
  password = "";
  hostname = "";
  port = "";
  pathname = "";
  readonly searchParams: URLSearchParams;
  /** With their marks, which stand in href also where nothing follows them. */
  private query = "";
  private fragment = "";

  constructor(text: string | URL, base?: string | URL) {
    const given = String(text).trim().replace(/[\t\n\r]/g, "");
    const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(given);
    if (scheme) {
      this.protocol = scheme[0].toLowerCase();
      this.read(given.slice(scheme[0].length));
    } else if (base === undefined) {
      invalid(given);
    } else {
      this.join(new URL(base), given);
    }
    this.searchParams = new URLSearchParams(this.query, () => {
      const all = this.searchParams.toString();
      this.query = all === "" ? "" : `?${all}`;
    });
  }

  static canParse(text: string, base?: string): boolean {
    try {
      return new URL(text, base) instanceof URL;
    } catch {
      return false;
    }
  }

  private get special(): boolean {
    return PORTS[this.protocol] !== undefined;
  }

  /** Takes query and fragment off the end and gives what is before them. */
  private takeEnd(text: string): string {
    const [, before, query, hash] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text) as RegExpExecArray;
    this.query = query === undefined ? "" : `?${escapeBytes(query.slice(1), IN_QUERY)}`;
    this.fragment = hash === undefined ? "" : `#${escapeBytes(hash.slice(1), IN_HASH)}`;
    return this.special ? before.replace(/\\/g, "/") : before;
  }

  private read(rest: string): void {
    const before = this.takeEnd(rest);
    const slashes = this.special ? /^\/*/ : /^\/\//;
    if (!this.special && !before.startsWith("//")) {
      this.pathname = before.startsWith("/") ? shortest(before.slice(1).split("/")) : before;
      return;
    }
    const behind = this.protocol === "file:" ? before.replace(/^\/\/(?=[^/]*\/)|^\/\/(?=[^/]*$)/, "") : before.replace(slashes, "");
    const at = behind.indexOf("/");
    const authority = at < 0 ? behind : behind.slice(0, at);
    this.readAuthority(authority);
    const tail = at < 0 ? "" : escapeBytes(behind.slice(at + 1), IN_PATH);
    this.pathname = at < 0 && !this.special ? "" : shortest(tail.split("/"));
  }

  private readAuthority(authority: string): void {
    const user = authority.lastIndexOf("@");
    const [name, ...password] = user < 0 ? [""] : authority.slice(0, user).split(":");
    const place = authority.slice(user + 1);
    const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(place) ?? invalid(this.protocol + authority);
    this.username = escapeBytes(name, IN_USER);
    this.password = escapeBytes(password.join(":"), IN_USER);
    this.hostname = this.special ? host.toLowerCase() : host;
    if (this.protocol === "file:" && this.hostname === "localhost") {
      this.hostname = "";
    }
    if ((host === "" && this.special && this.protocol !== "file:") || /[\s<>^|%]/.test(host) || Number(port ?? 0) > 65535) {
      invalid(this.protocol + authority);
    }
    this.port = port === undefined || port === "" || String(Number(port)) === PORTS[this.protocol] ? "" : String(Number(port));
  }

  private join(base: URL, text: string): void {
    this.protocol = base.protocol;
    if (text.startsWith("//")) {
      this.read(text);
      return;
    }
    for (const key of ["username", "password", "hostname", "port", "pathname"] as const) {
      this[key] = base[key];
    }
    const before = this.takeEnd(text);
    if (before === "") {
      this.query = text.startsWith("?") ? this.query : base.query;
    } else if (before.startsWith("/")) {
      this.pathname = shortest(escapeBytes(before.slice(1), IN_PATH).split("/"));
    } else {
      const folder = base.pathname.slice(1).split("/").slice(0, -1);
      this.pathname = shortest([...folder, ...escapeBytes(before, IN_PATH).split("/")]);
    }
  }

  get search(): string {
    return this.query === "?" ? "" : this.query;
  }
  get hash(): string {
    return this.fragment === "#" ? "" : this.fragment;
  }
  get host(): string {
    return this.hostname + (this.port === "" ? "" : `:${this.port}`);
  }
  get origin(): string {
    return this.special && this.protocol !== "file:" ? `${this.protocol}//${this.host}` : "null";
  }
  get href(): string {
    const user = this.username + (this.password === "" ? "" : `:${this.password}`);
    const slashes = this.special || this.hostname !== "" ? "//" : "";
    return `${this.protocol}${slashes}${user === "" ? "" : `${user}@`}${this.host}${this.pathname}${this.query}${this.fragment}`;
  }
  toString(): string {
    return this.href;
  }
  toJSON(): string {
    return this.href;
  }
}

export function fileURLToPath(url: string | URL): string {
  const parsed = typeof url === "string" ? new URL(url) : url;
  if (parsed.protocol !== "file:") {
    throw coded(new TypeError("The URL must be of scheme file"), "ERR_INVALID_URL_SCHEME");
  }
  if (parsed.hostname !== "" || /%2f/i.test(parsed.pathname)) {
    throw new TypeError(`File URL ${parsed.hostname === "" ? "path must not include encoded / characters" : 'host must be "localhost" or empty on linux'}`);
  }
  return decodeURIComponent(parsed.pathname);
}

export function pathToFileURL(file: string): URL {
  const end = file.endsWith("/") ? "/" : "";
  const absolute = path.resolve(file);
  const escaped = (absolute === "/" ? absolute : absolute + end)
    .replace(/%/g, "%25")
    .replace(/\\/g, "%5C")
    .replace(/\n/g, "%0A")
    .replace(/\r/g, "%0D")
    .replace(/\t/g, "%09")
    .replace(/\?/g, "%3F")
    .replace(/#/g, "%23");
  return new URL(`file://${escaped}`);
}

/** The old parts of a URL; null where there is none. */
export function parse(text: string, readQuery = false): any {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*:)?(\/\/)?(?:([^/?#@]*)@)?([^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text.trim());
  const [, protocol, slashes, auth, place, rest, search, hash] = match ?? [];
  const host = slashes ? place ?? "" : "";
  const pathname = slashes ? rest : `${place ?? ""}${rest ?? ""}`;
  const port = /:(\d+)$/.exec(host)?.[1] ?? null;
  return {
    protocol: protocol?.toLowerCase() ?? null,
    slashes: slashes ? true : null,
    auth: auth ?? null,
    host: slashes ? host : null,
    port,
    hostname: slashes ? host.replace(/:\d+$/, "") : null,
    hash: hash ?? null,
    search: search ?? null,
    query: readQuery ? Object.fromEntries(new URLSearchParams(search ?? "")) : search?.slice(1) ?? null,
    pathname: pathname || (slashes ? "/" : null),
    path: `${pathname || (slashes ? "/" : "")}${search ?? ""}` || null,
    href: text,
  };
}

export function format(url: any): string {
  if (typeof url === "string" || url instanceof URL) {
    return String(url);
  }
  const host = url.host ?? (url.hostname ? url.hostname + (url.port ? `:${url.port}` : "") : "");
  const protocol = url.protocol ? (url.protocol.endsWith(":") ? url.protocol : `${url.protocol}:`) : "";
  const slashes = url.slashes || (protocol in PORTS && host !== "") ? "//" : "";
  const query = typeof url.query === "object" && url.query ? new URLSearchParams(url.query).toString() : url.query;
  const search = url.search ?? (query ? `?${query}` : "");
  const before = `${protocol}${slashes}${url.auth ? `${url.auth}@` : ""}${host}`;
  const pathname = url.pathname ?? "";
  return `${before}${slashes && pathname && !pathname.startsWith("/") ? "/" : ""}${pathname}${search}${url.hash ?? ""}`;
}

export function resolve(from: string, to: string): string {
  const whole = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(from);
  const joined = new URL(to, whole ? from : new URL(from, "resolve://x/")).href;
  return joined.replace(/^resolve:\/\/x(?=\/)/, "").replace(/^\//, (slash) => (whole || from.startsWith("/") || to.startsWith("/") ? slash : ""));
}

export default { URL, URLSearchParams, fileURLToPath, format, parse, pathToFileURL, resolve };

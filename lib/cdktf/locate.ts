// SPDX-License-Identifier: Apache-2.0
// From the place of a `new` to that of a property in the object literal it was given. A stack tells the call only, so the
// literal is read in the source; a property that doesn't stand there (a spread, a variable) has the call's own place.

import * as host from "weir:host";
import type { Place } from "./findings.ts";

/** Where a property stands, by the keys and indices on the way to it; the call's place, if it stands elsewhere. */
export function locate(call: Place | undefined, path: ReadonlyArray<string | number>): Place | undefined {
  if (call === undefined || path.length === 0) return call;
  const source = sourceOf(call.file);
  if (source === undefined) return call;
  const start = source.indexOf("(", offsetOf(source, call.line, 1) + Math.max(0, call.column - 2));
  if (start < 0) return call;
  let best: number | undefined;
  let scope: number | undefined = literalIn(source, start);
  for (const step of path) {
    if (scope === undefined) break;
    const found: Found | undefined = typeof step === "number" ? item(source, scope, step) : property(source, scope, step);
    if (found === undefined) break;
    if (typeof step === "string") best = found.key;
    scope = found.value;
  }
  return best === undefined ? call : { ...call, ...lineAndColumn(source, best) };
}

/** Offsets of a property's key and of what it holds. */
interface Found {
  readonly key: number;
  readonly value: number;
}

const sources = new Map<string, string | undefined>();

function sourceOf(file: string): string | undefined {
  if (!sources.has(file)) sources.set(file, decode(host.readFile(file)));
  return sources.get(file);
}

/** UTF-8 as text of one character a byte: what is looked for is ASCII mostly, and columns count bytes. */
function decode(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return parts.join("");
}

function offsetOf(source: string, line: number, column: number): number {
  let at = 0;
  for (let passed = 1; passed < line && at >= 0; passed++) at = source.indexOf("\n", at) + 1;
  return at + column - 1;
}

function lineAndColumn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** The first object literal among a call's arguments. */
function literalIn(source: string, open: number): number | undefined {
  return parts(source, open).map(({ start }) => start).find((start) => source[start] === "{");
}

function property(source: string, open: number, name: string): Found | undefined {
  if (source[open] !== "{") return undefined;
  for (const { start, end } of parts(source, open)) {
    const key = /^(?:([\w$]+)|"([^"]*)"|'([^']*)')\s*(:?)\s*/.exec(source.slice(start, end));
    if (key === null || (key[1] ?? key[2] ?? key[3]) !== name) continue;
    return { key: start, value: key[4] === "" ? start : start + key[0].length };
  }
  return undefined;
}

function item(source: string, open: number, index: number): Found | undefined {
  if (source[open] !== "[") return undefined;
  const start = parts(source, open)[index]?.start;
  return start === undefined ? undefined : { key: start, value: start };
}

/** What stands between the commas of a bracket: offsets of each part, without space and comments before it. */
function parts(source: string, open: number): Array<{ start: number; end: number }> {
  const found: Array<{ start: number; end: number }> = [];
  let depth = 0;
  let start = skipSpace(source, open + 1);
  for (let at = start; at < source.length; at = skipSpace(source, at)) {
    const char = source[at];
    if (depth === 0 && (char === "," || CLOSING.includes(char))) {
      if (at > start) found.push({ start, end: at });
      if (char !== ",") break;
      start = skipSpace(source, at + 1);
      at = start;
      continue;
    }
    if (OPENING.includes(char)) depth++;
    if (CLOSING.includes(char)) depth--;
    at = QUOTES.includes(char) ? endOfString(source, at) : at + 1;
  }
  return found;
}

const OPENING = "([{";
const CLOSING = ")]}";
const QUOTES = "\"'`";

function endOfString(source: string, open: number): number {
  for (let at = open + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === source[open]) return at + 1;
  }
  return source.length;
}

function skipSpace(source: string, from: number): number {
  const space = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
  space.lastIndex = from;
  space.exec(source);
  return space.lastIndex;
}

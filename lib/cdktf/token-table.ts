// SPDX-License-Identifier: Apache-2.0
// The table of tokens and their disguises. A token has to pass through code that takes text, numbers, lists or maps, so
// it goes as a value of that type which only this table can read. Everything here is plain data: the table is one array,
// and a disguise holds the token's index in it.

import * as host from "weir:host";
import { isMended, mends } from "./defects.ts";
import { TokenizedStringFragments } from "./fragments.ts";
import type { IResolvable } from "./resolvable.ts";

const STRING_MARK = "${TfToken[";
const LIST_MARK = "#{TfToken[";
const MAP_MARK = "&{TfToken[";
const END_MARK = "]}";
const MARK_LENGTH = STRING_MARK.length;

/** What maps of tokens hold in place of a value. */
export const STRING_MAP_VALUE = "String Map Token Value";
export const ANY_MAP_VALUE = "Any Map Token Value";
export const NUMBER_MAP_VALUE = -123456789;

/** On an expression of this library: what it looks like as text, or empty text as long as nobody asked. Most are asked for that and for nothing else. */
export const TEXT = Symbol("text");

/** Disguises that a token has already, so that it looks the same each time. */
interface Disguises {
  text?: string;
  list?: string[];
  number?: number;
  numberList?: number[];
  map?: { [key: string]: any };
}

// An entry's index is what the keys count: one counter for all kinds, from 0, for the whole program.
export const entries: IResolvable[] = [];
const hinted: { [index: number]: string } = {}; // keys that begin otherwise than with TOKEN
const texts = new Map<string, IResolvable>(); // of entries that were made for text
const disguises = new WeakMap<IResolvable, Disguises>();

/** Enters a token and returns its key: `TOKEN.<n>`, or `<hint>.<n>`. */
function enter(token: IResolvable, hint: string | undefined): string {
  const index = entries.length;
  entries[index] = token;
  if (hint === undefined) return "TOKEN." + index; // no template, which is a call
  return (hinted[index] = `${hint.replace(/[^a-zA-Z0-9:._-]/g, ".")}.${index}`);
}

function disguisesOf(token: IResolvable): Disguises {
  let known = disguises.get(token);
  if (known === undefined) disguises.set(token, (known = {}));
  return known;
}

function enterText(token: IResolvable, hint: string | undefined): string {
  const text = STRING_MARK + enter(token, hint) + END_MARK;
  texts.set(text, token);
  return text;
}

/** The text of a reference that looks like nothing yet, as nearly all do that are asked for it. */
export function registerReference(reference: any): string {
  const index = entries.length;
  const text = "${TfToken[TOKEN." + index + END_MARK;
  entries[index] = reference;
  texts.set(text, reference);
  return (reference[TEXT] = text);
}

export function registerString(token: any, hint?: string): string {
  const own = token[TEXT];
  if (own === undefined) return (disguisesOf(token).text ??= enterText(token, hint));
  return own === "" ? (token[TEXT] = enterText(token, hint)) : own;
}

export function registerList(token: IResolvable, hint?: string): string[] {
  const known = disguisesOf(token);
  return (known.list ??= [LIST_MARK + enter(token, hint) + END_MARK]);
}

export function registerMap(token: IResolvable, value: any, hint?: string): { [key: string]: any } {
  const known = disguisesOf(token);
  return (known.map ??= { [MAP_MARK + enter(token, hint) + END_MARK]: value });
}

export function registerNumber(token: IResolvable): number {
  const known = disguisesOf(token);
  return (known.number ??= enterNumber(token, NUMBER_HIGH));
}

export function registerNumberList(token: IResolvable): number[] {
  const known = disguisesOf(token);
  return (known.numberList ??= [enterNumber(token, NUMBER_LIST_HIGH)]);
}

/* A token as a number is a double that nobody writes by hand, about -1e298: the upper 16 bits mark it, the lower 48 are its
   index. */

let hasNumbers = false;
const EXPONENT = "e+"; // which each of them has when it is printed
const NUMBER_HIGH = 0xfdff;
const NUMBER_LIST_HIGH = 0xfbff;
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer); // little-endian, as every machine that runs this is

function enterNumber(token: IResolvable, high: number): number {
  const index = entries.length;
  hasNumbers = true;
  enter(token, undefined);
  words[0] = index;
  words[1] = high * 0x10000 + Math.floor(index / 0x100000000);
  return double[0];
}

/** True if numbers of this run may stand for tokens. */
export function hasNumberTokens(): boolean {
  return hasNumbers;
}

function numberIndex(value: number, high: number): number | undefined {
  if (value > -1e200) return undefined;
  double[0] = value;
  return words[1] >>> 16 === high ? (words[1] & 0xffff) * 0x100000000 + words[0] : undefined;
}

export function lookupNumber(value: number): IResolvable | undefined {
  const index = numberIndex(value, NUMBER_HIGH);
  if (index === undefined) return undefined;
  if (entries[index] === undefined) throw new Error("Encoded representation of unknown number Token found");
  return entries[index];
}

export function lookupNumberList(list: number[]): IResolvable | undefined {
  if (list.length !== 1) return undefined;
  const index = numberIndex(list[0], NUMBER_LIST_HIGH);
  return index === undefined ? undefined : entries[index];
}

function lookupKey(key: string): IResolvable {
  const index = Number(key.slice(key.lastIndexOf(".") + 1));
  const token = entries[index];
  if (token === undefined || key !== (hinted[index] ?? `TOKEN.${index}`)) throw new Error(`Unrecognized token key: ${key}`);
  return token;
}

/** The token, where the text is exactly one disguise of the kind that the mark tells. */
function lookupMarked(text: any, mark: string): IResolvable | undefined {
  if (typeof text !== "string" || !text.startsWith(mark) || !text.endsWith(END_MARK)) return undefined;
  const key = text.slice(MARK_LENGTH, -END_MARK.length);
  return key.includes("]") ? undefined : lookupKey(key);
}

/** The token whose disguise a text is, as registerString() made it. */
export function lookupString(text: string): IResolvable | undefined {
  return texts.get(text);
}

export function lookupList(list: string[]): IResolvable | undefined {
  return list.length === 1 ? lookupMarked(list[0], LIST_MARK) : undefined;
}

export function lookupMap(map: { [key: string]: any }): IResolvable | undefined {
  for (const key in map) {
    const token = lookupMarked(key, MAP_MARK);
    if (token !== undefined) return token;
  }
  return undefined;
}

export function isListToken(text: any): boolean {
  return typeof text === "string" && text.includes(LIST_MARK);
}

export function isStringListToken(list: any[]): boolean {
  return list.some(isListToken);
}

export function isNumberListToken(list: any[]): boolean {
  return list.some((item) => typeof item === "number" && numberIndex(item, NUMBER_LIST_HIGH) !== undefined);
}

export function isMapToken(map: object): boolean {
  for (const key in map) if (key.startsWith(MAP_MARK)) return true;
  return false;
}

export function isNumberToken(value: number): boolean {
  return numberIndex(value, NUMBER_HIGH) !== undefined;
}

/** True if the text may hold a token as text, so that `splitText` is worth its time. */
export function mayHoldTokens(text: string): boolean {
  return text.includes(STRING_MARK);
}

/** The token that a piece of a text stands for. */
function lookupPiece(piece: string): IResolvable {
  return texts.get(piece) ?? lookupKey(piece.slice(MARK_LENGTH, -END_MARK.length));
}

/** True if the text holds a token as text. */
export function holdsTokens(text: string): boolean {
  let isFound = false;
  for (let end = 0; ; isFound = true) {
    const start = text.indexOf(STRING_MARK, end);
    if (start < 0) return isFound;
    if (start === 0 && texts.has(text)) return true; // as most are
    end = text.indexOf(END_MARK, start) + END_MARK.length;
    if (end < END_MARK.length) return isFound;
    lookupPiece(text.slice(start, end)); // which throws where no token has that key
  }
}

// What the host calls the pieces of a text.
const TOKEN = 1;
const OPEN = 2;
const CLOSE = 3;

/** Cuts a text into literals, tokens and, if asked for, the `${` and `}` of expressions written by hand. */
export function splitText(text: string, withEscapes: boolean): TokenizedStringFragments {
  const pieces = new TokenizedStringFragments();
  const cuts = host.cut(text, withEscapes);
  let start = 0;
  for (let i = 0; i < cuts.length; i += 2) {
    const kind = cuts[i];
    const end = cuts[i + 1];
    if (kind === TOKEN) pieces.addToken(lookupPiece(text.slice(start, end)));
    else if (kind === OPEN) pieces.addEscape("open");
    else if (kind === CLOSE) pieces.addEscape("close");
    else pieces.addLiteral(text.slice(start, end));
    start = end;
  }
  return pieces;
}

// The original takes every run of such characters for one number, and so doesn't see a token behind a digit or a minus.
const NUMBER_RUN = /[-+.e\d]+/g;
const NUMBER_TOKEN = /-\d(?:\.\d+)?e\+\d{3}/g;

/** Cuts a text at tokens that stand in it as printed numbers; undefined if there are none. */
export function splitNumbers(text: string): TokenizedStringFragments | undefined {
  if (!text.includes(EXPONENT)) return undefined;
  let pieces: TokenizedStringFragments | undefined;
  let start = 0;
  for (const match of text.matchAll(isMended("gluedNumber") ? NUMBER_TOKEN : NUMBER_RUN)) {
    const token = lookupNumber(parseFloat(match[0]));
    if (token === undefined && match[0].match(NUMBER_TOKEN)?.some((number) => isNumberToken(parseFloat(number)))) {
      mends("gluedNumber", "a text");
    }
    if (token === undefined) continue;
    pieces ??= new TokenizedStringFragments();
    if (match.index > start) pieces.addLiteral(text.slice(start, match.index));
    pieces.addToken(token);
    start = match.index + match[0].length;
  }
  if (pieces !== undefined && start < text.length) pieces.addLiteral(text.slice(start));
  return pieces;
}

// SPDX-License-Identifier: Apache-2.0
// Text to bytes and back, in the encodings that Node's Buffer knows. Not a module of Node: the others share it.

import { coded } from "./errors.ts";

const REPLACEMENT = 0xfffd;
/** Code units that are handed to String.fromCharCode at once. */
const PIECE = 4096;

/** The code point at a place, half a surrogate pair as U+FFFD. */
function codePoint(text: string, at: number): number {
  const code = text.codePointAt(at) as number;
  return code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code;
}

/** How many bytes a text takes as UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = codePoint(text, i);
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    i += code >= 0x10000 ? 1 : 0;
  }
  return length;
}

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = codePoint(text, i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
    } else {
      if (code < 0x10000) {
        bytes[at++] = 0xe0 | (code >> 12);
      } else {
        i++;
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return bytes;
}

/** Makes a text of code units, piece by piece: an argument list has a limit. */
function textOfUnits(count: number, unit: (index: number) => number): string {
  let text = "";
  for (let from = 0; from < count; from += PIECE) {
    const units: number[] = [];
    for (let i = from; i < count && i < from + PIECE; i++) {
      units.push(unit(i));
    }
    text += String.fromCharCode.apply(null, units);
  }
  return text;
}

/**
 * How long a sequence that begins with this byte is, and the range of its second byte (which shuts out overlong forms,
 * surrogates and what lies above U+10FFFF); length 0 for no beginning.
 */
function sequence(first: number): [length: number, low: number, high: number] {
  if (first < 0xc2 || first > 0xf4) {
    return [0, 0, 0];
  }
  if (first < 0xe0) {
    return [2, 0x80, 0xbf];
  }
  if (first < 0xf0) {
    return [3, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf];
  }
  return [4, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf];
}

/** Decodes as the Encoding Standard says: each longest beginning of a sequence that breaks off is one U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, fatal = false): string {
  const units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++];
    if (first < 0x80) {
      units.push(first);
      continue;
    }
    let [length, low, high] = sequence(first);
    let code = length ? first & (0x7f >> length) : REPLACEMENT;
    for (let k = 1; k < length; k++) {
      if (i >= bytes.length || bytes[i] < low || bytes[i] > high) {
        length = 0;
        code = REPLACEMENT;
        break;
      }
      code = (code << 6) | (bytes[i++] & 0x3f);
      low = 0x80;
      high = 0xbf;
    }
    if (length === 0 && fatal) {
      throw new TypeError("The encoded data was not valid for encoding utf-8");
    }
    if (code >= 0x10000) {
      units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
    } else {
      units.push(code);
    }
  }
  return textOfUnits(units.length, (index) => units[index]);
}

/** How many bytes at the end begin a sequence of UTF-8 that is not whole yet. */
export function utf8Open(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) {
      return 0;
    }
    if (byte >= 0xc0) {
      return sequence(byte)[0] > back ? back : 0;
    }
  }
  return 0;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function encodeBase64(bytes: Uint8Array, url = false): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(bytes.length - i, 3) + 1;
    for (let k = 0; k < 4; k++) {
      text += k < digits ? ALPHABET[(group >> (18 - 6 * k)) & 0x3f] : url ? "" : "=";
    }
  }
  return url ? text.replace(/\+/g, "-").replace(/\//g, "_") : text;
}

/** Both alphabets; what belongs to neither is passed over, and "=" ends the text, as Node does it. */
export function decodeBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of text.replace(/-/g, "+").replace(/_/g, "/")) {
    const digit = ALPHABET.indexOf(char);
    if (char === "=") {
      break;
    }
    if (digit < 0) {
      continue;
    }
    bits = ((bits << 6) | digit) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += (byte < 16 ? "0" : "") + byte.toString(16);
  }
  return text;
}

/** Up to the first pair of characters that is no byte. */
export function decodeHex(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i + 1 < text.length; i += 2) {
    const pair = text.slice(i, i + 2);
    if (!/^[0-9a-fA-F]{2}$/.test(pair)) {
      break;
    }
    bytes.push(parseInt(pair, 16));
  }
  return Uint8Array.from(bytes);
}

/** Node's name of an encoding, or undefined. */
export function encodingName(name: unknown): string | undefined {
  switch (String(name ?? "utf8").toLowerCase()) {
    case "utf8":
    case "utf-8":
      return "utf8";
    case "hex":
    case "base64":
    case "base64url":
    case "ascii":
      return String(name).toLowerCase();
    case "latin1":
    case "binary":
      return "latin1";
    case "ucs2":
    case "ucs-2":
    case "utf16le":
    case "utf-16le":
      return "utf16le";
    default:
      return undefined;
  }
}

function unknownEncoding(name: unknown): never {
  throw coded(new TypeError(`Unknown encoding: ${name}`), "ERR_UNKNOWN_ENCODING");
}

/** The bytes of a text in one of Node's encodings. */
export function encode(text: string, encoding?: unknown): Uint8Array {
  switch (encodingName(encoding)) {
    case "utf8":
      return encodeUtf8(text);
    case "hex":
      return decodeHex(text);
    case "base64":
    case "base64url":
      return decodeBase64(text);
    case "ascii":
    case "latin1":
      return Uint8Array.from(text, (char) => char.charCodeAt(0));
    case "utf16le": {
      const bytes = new Uint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++) {
        bytes[2 * i] = text.charCodeAt(i) & 0xff;
        bytes[2 * i + 1] = text.charCodeAt(i) >> 8;
      }
      return bytes;
    }
    default:
      return unknownEncoding(encoding);
  }
}

/** The text that bytes are in one of Node's encodings. */
export function decode(bytes: Uint8Array, encoding?: unknown): string {
  switch (encodingName(encoding)) {
    case "utf8":
      return decodeUtf8(bytes);
    case "hex":
      return encodeHex(bytes);
    case "base64":
      return encodeBase64(bytes);
    case "base64url":
      return encodeBase64(bytes, true);
    case "ascii":
      return textOfUnits(bytes.length, (index) => bytes[index] & 0x7f);
    case "latin1":
      return textOfUnits(bytes.length, (index) => bytes[index]);
    case "utf16le":
      return textOfUnits(bytes.length >> 1, (index) => bytes[2 * index] | (bytes[2 * index + 1] << 8));
    default:
      return unknownEncoding(encoding);
  }
}

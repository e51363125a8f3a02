// SPDX-License-Identifier: Apache-2.0
// Node's Buffer: bytes that know encodings.

import { wrongType } from "./errors.ts";
import { custom } from "./inspect.ts";
import { decode, encode, encodingName, utf8Length } from "./text.ts";

export const kMaxLength = 0x7fffffff;
export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 0x1fffffe8 };

function invalid(value: unknown): never {
  const wanted = "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object";
  throw wrongType("The first argument", wanted, value);
}

function view(bytes: ArrayBufferView): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes as a Buffer over the same memory. */
function wrap(bytes: Uint8Array): Buffer {
  return new Buffer(bytes.buffer as any, bytes.byteOffset, bytes.byteLength);
}

/** What indexOf and fill take: a text, bytes or one byte. */
function asBytes(value: string | Uint8Array | number, encoding?: string): Uint8Array {
  return typeof value === "string"
    ? encode(value, encoding)
    : typeof value === "number"
      ? Uint8Array.of(value & 0xff)
      : value;
}

export class Buffer extends Uint8Array {
  /** `new Buffer(text)` still stands in old packages. */
  constructor(value: any = 0, encodingOrOffset?: any, length?: number) {
    if (typeof value === "string") {
      super(encode(value, encodingOrOffset));
    } else if (value instanceof ArrayBuffer) {
      super(value, encodingOrOffset, length);
    } else {
      super(value);
    }
  }

  static from(value: any, encodingOrOffset?: any, length?: number): Buffer {
    if (typeof value === "string") {
      return wrap(encode(value, encodingOrOffset));
    }
    if (value instanceof ArrayBuffer) {
      return new Buffer(value, encodingOrOffset, length);
    }
    if (value === null || typeof value !== "object") {
      return invalid(value);
    }
    if (value.type === "Buffer" && Array.isArray(value.data)) {
      return wrap(Uint8Array.from(value.data));
    }
    const plain = value.valueOf();
    if (plain !== value && plain !== null && plain !== undefined) {
      return Buffer.from(plain, encodingOrOffset, length);
    }
    return value.length === undefined ? invalid(value) : wrap(Uint8Array.from(value));
  }

  static of(...bytes: number[]): Buffer {
    return wrap(Uint8Array.from(bytes));
  }

  static alloc(size: number, fill?: string | Uint8Array | number, encoding?: string): Buffer {
    const buffer = new Buffer(size);
    return fill === undefined ? buffer : buffer.fill(fill as any, encoding as any);
  }

  /** Zeroed all the same: what memory held before must not be seen. */
  static allocUnsafe(size: number): Buffer {
    return new Buffer(size);
  }

  static allocUnsafeSlow(size: number): Buffer {
    return new Buffer(size);
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static isEncoding(name: unknown): boolean {
    return typeof name === "string" && encodingName(name) !== undefined;
  }

  static byteLength(value: any, encoding?: string): number {
    if (typeof value !== "string") {
      return value.byteLength;
    }
    switch (encodingName(encoding)) {
      case "hex":
        return value.length >>> 1;
      case "base64":
      case "base64url":
        return Math.floor((value.replace(/={1,2}$/, "").length * 3) / 4);
      case "ascii":
      case "latin1":
        return value.length;
      case "utf16le":
        return value.length * 2;
      default:
        return utf8Length(value);
    }
  }

  static concat(list: readonly Uint8Array[], length?: number): Buffer {
    const total = length ?? list.reduce((sum, bytes) => sum + bytes.length, 0);
    const buffer = new Buffer(total);
    let at = 0;
    for (const bytes of list) {
      const room = Math.min(bytes.length, total - at);
      buffer.set(room < bytes.length ? bytes.subarray(0, room) : bytes, at);
      at += room;
    }
    return buffer;
  }

  static compare(a: Uint8Array, b: Uint8Array): number {
    const shared = Math.min(a.length, b.length);
    for (let i = 0; i < shared; i++) {
      if (a[i] !== b[i]) {
        return a[i] < b[i] ? -1 : 1;
      }
    }
    return Math.sign(a.length - b.length);
  }

  /** How it looks when it is printed. */
  [custom](): string {
    const shown = Array.from(this.subarray(0, 50) as Uint8Array, (byte) => ` ${byte < 16 ? "0" : ""}${byte.toString(16)}`);
    const rest = this.length - shown.length;
    return `<Buffer${shown.join("")}${rest > 0 ? ` ... ${rest} more byte${rest > 1 ? "s" : ""}` : ""}>`;
  }

  toString(encoding?: string, from = 0, to = this.length): string {
    return decode(from === 0 && to >= this.length ? this : this.subarray(Math.max(from, 0), to), encoding);
  }

  toLocaleString(encoding?: string): string {
    return this.toString(encoding);
  }

  toJSON(): { type: "Buffer"; data: number[] } {
    return { type: "Buffer", data: Array.from(this) };
  }

  equals(other: Uint8Array): boolean {
    return Buffer.compare(this, other) === 0;
  }

  compare(other: Uint8Array, from = 0, to = other.length, ownFrom = 0, ownTo = this.length): number {
    return Buffer.compare(this.subarray(ownFrom, ownTo), other.subarray(from, to));
  }

  /** A view, not a copy as of other typed arrays. */
  slice(from?: number, to?: number): any {
    return this.subarray(from, to);
  }

  subarray(from?: number, to?: number): any {
    return wrap(Uint8Array.prototype.subarray.call(new Uint8Array(this.buffer, this.byteOffset, this.length), from, to));
  }

  copy(target: Uint8Array, at = 0, from = 0, to = this.length): number {
    const bytes = this.subarray(from, Math.min(to, from + target.length - at));
    target.set(bytes, at);
    return bytes.length;
  }

  write(text: string, at: any = 0, length?: any, encoding?: string): number {
    if (typeof at === "string") {
      return this.write(text, 0, this.length, at);
    }
    if (typeof length === "string") {
      return this.write(text, at, this.length - at, length);
    }
    const bytes = encode(text, encoding).subarray(0, Math.min(length ?? this.length, this.length - at));
    this.set(bytes, at);
    return bytes.length;
  }

  fill(value: any, from?: any, to?: any, encoding?: any): any {
    if (typeof from === "string") {
      return this.fill(value, 0, this.length, from);
    }
    const bytes = asBytes(value, encoding);
    const end = to ?? this.length;
    for (let i = from ?? 0, k = 0; i < end; i++, k++) {
      this[i] = bytes.length ? bytes[k % bytes.length] : 0;
    }
    return this;
  }

  indexOf(value: any, from: any = 0, encoding?: any): number {
    const bytes = asBytes(value, typeof from === "string" ? from : encoding);
    const start = typeof from === "number" ? (from < 0 ? Math.max(this.length + from, 0) : from) : 0;
    for (let i = start; i + bytes.length <= this.length; i++) {
      let k = 0;
      while (k < bytes.length && this[i + k] === bytes[k]) {
        k++;
      }
      if (k === bytes.length) {
        return i;
      }
    }
    return -1;
  }

  includes(value: any, from?: any, encoding?: any): boolean {
    return this.indexOf(value, from, encoding) >= 0;
  }

  readUInt8(at = 0): number {
    return view(this).getUint8(at);
  }
  readInt8(at = 0): number {
    return view(this).getInt8(at);
  }
  readUInt16LE(at = 0): number {
    return view(this).getUint16(at, true);
  }
  readUInt16BE(at = 0): number {
    return view(this).getUint16(at);
  }
  readInt16LE(at = 0): number {
    return view(this).getInt16(at, true);
  }
  readInt16BE(at = 0): number {
    return view(this).getInt16(at);
  }
  readUInt32LE(at = 0): number {
    return view(this).getUint32(at, true);
  }
  readUInt32BE(at = 0): number {
    return view(this).getUint32(at);
  }
  readInt32LE(at = 0): number {
    return view(this).getInt32(at, true);
  }
  readInt32BE(at = 0): number {
    return view(this).getInt32(at);
  }
  writeUInt8(value: number, at = 0): number {
    view(this).setUint8(at, value);
    return at + 1;
  }
  writeUInt16LE(value: number, at = 0): number {
    view(this).setUint16(at, value, true);
    return at + 2;
  }
  writeUInt16BE(value: number, at = 0): number {
    view(this).setUint16(at, value);
    return at + 2;
  }
  writeUInt32LE(value: number, at = 0): number {
    view(this).setUint32(at, value, true);
    return at + 4;
  }
  writeUInt32BE(value: number, at = 0): number {
    view(this).setUint32(at, value);
    return at + 4;
  }
  writeInt32LE(value: number, at = 0): number {
    view(this).setInt32(at, value, true);
    return at + 4;
  }
  writeInt32BE(value: number, at = 0): number {
    view(this).setInt32(at, value);
    return at + 4;
  }
}

export const SlowBuffer = Buffer;

export function atob(text: string): string {
  return decode(encode(String(text), "base64"), "latin1");
}

export function btoa(text: string): string {
  const value = String(text);
  for (let i = 0; i < value.length; i++) {
    if (value.charCodeAt(i) > 0xff) {
      throw new Error("Invalid character");
    }
  }
  return decode(encode(value, "latin1"), "base64");
}

export default { Buffer, SlowBuffer, kMaxLength, constants, atob, btoa };

// SPDX-License-Identifier: Apache-2.0
// Node's crypto as far as synthesis goes: hashes and HMAC. What is random is fixed, and an author who asks for it is told.

import * as host from "weir:host";
import { Buffer } from "./buffer.ts";
import { coded, wrongType } from "./errors.ts";
import { impure, refuse } from "./refused.ts";
import { encode } from "./text.ts";

/** Bytes of a block, which HMAC needs. */
const BLOCKS: { [algorithm: string]: number } = { md5: 64, sha1: 64, sha256: 64, sha384: 128, sha512: 128 };

/** Text in Node's encodings, or bytes. */
type Data = string | Uint8Array;

function bytesOf(data: Data, encoding?: string): Uint8Array {
  if (typeof data !== "string" && !ArrayBuffer.isView(data)) {
    throw wrongType('The "data" argument', "of type string or an instance of Buffer, TypedArray, or DataView", data);
  }
  return typeof data === "string" ? encode(data, encoding) : data;
}

function knownAlgorithm(name: string): string {
  const algorithm = String(name).toLowerCase().replace(/^rsa-/, "").replace(/^sha-/, "sha");
  if (BLOCKS[algorithm] === undefined) {
    throw new Error("Digest method not supported");
  }
  return algorithm;
}

function digestOf(algorithm: string, bytes: Uint8Array): Buffer {
  return Buffer.from(host.digest(algorithm as any, bytes), "hex");
}

/** What is given out at the end: a Buffer, or text in an encoding. */
function given(bytes: Buffer, encoding?: string): any {
  return encoding === undefined || encoding === "buffer" ? bytes : bytes.toString(encoding);
}

class Digest {
  protected pieces: Uint8Array[] = [];
  protected done = false;
  protected readonly algorithm: string;

  constructor(algorithm: string) {
    this.algorithm = knownAlgorithm(algorithm);
  }

  update(data: Data, encoding?: string): this {
    if (this.done) {
      throw coded(new Error("Digest already called"), "ERR_CRYPTO_HASH_FINALIZED");
    }
    this.pieces.push(Uint8Array.from(bytesOf(data, encoding)));
    return this;
  }

  protected finish(): Buffer {
    return digestOf(this.algorithm, Buffer.concat(this.pieces));
  }

  digest(encoding?: string): any {
    if (this.done) {
      throw coded(new Error("Digest already called"), "ERR_CRYPTO_HASH_FINALIZED");
    }
    this.done = true;
    return given(this.finish(), encoding);
  }
}

export class Hash extends Digest {
  copy(): Hash {
    const other = new Hash(this.algorithm);
    other.pieces = [...this.pieces];
    return other;
  }
}

/** RFC 2104. */
export class Hmac extends Digest {
  private readonly key: Uint8Array;

  constructor(algorithm: string, key: Data) {
    super(algorithm);
    const bytes = bytesOf(key);
    const block = Buffer.alloc(BLOCKS[this.algorithm]);
    block.set(bytes.length > block.length ? digestOf(this.algorithm, bytes) : bytes);
    this.key = block;
  }

  protected finish(): Buffer {
    const inner = digestOf(this.algorithm, Buffer.concat([this.key.map((byte) => byte ^ 0x36), ...this.pieces]));
    return digestOf(this.algorithm, Buffer.concat([this.key.map((byte) => byte ^ 0x5c), inner]));
  }
}

export function createHash(algorithm: string): Hash {
  return new Hash(algorithm);
}

export function createHmac(algorithm: string, key: Data): Hmac {
  return new Hmac(algorithm, key);
}

/** A hash in one call. */
export function hash(algorithm: string, data: Data, encoding = "hex"): any {
  return createHash(algorithm).update(data).digest(encoding);
}

export function getHashes(): string[] {
  return Object.keys(BLOCKS);
}

export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

export function randomBytes(size: number, done?: (error: null, bytes: Buffer) => void): Buffer {
  impure("crypto.randomBytes()", "chance");
  const bytes = Buffer.alloc(size);
  done?.(null, bytes);
  return bytes;
}

export function randomFillSync<T extends Uint8Array>(bytes: T): T {
  impure("crypto.randomFillSync()", "chance");
  return bytes.fill(0);
}

export function randomInt(low: number, high?: number): number {
  impure("crypto.randomInt()", "chance");
  return typeof high === "number" ? low : 0;
}

export function randomUUID(): string {
  impure("crypto.randomUUID()", "chance");
  return "00000000-0000-4000-8000-000000000000";
}

export function getRandomValues<T extends Uint8Array>(bytes: T): T {
  impure("crypto.getRandomValues()", "chance");
  return bytes.fill(0);
}

export const createCipheriv = refuse("crypto.createCipheriv()");
export const createDecipheriv = refuse("crypto.createDecipheriv()");
export const createSign = refuse("crypto.createSign()");
export const createVerify = refuse("crypto.createVerify()");
export const generateKeyPairSync = refuse("crypto.generateKeyPairSync()");
export const pbkdf2Sync = refuse("crypto.pbkdf2Sync()");
export const scryptSync = refuse("crypto.scryptSync()");
export const webcrypto = { getRandomValues, randomUUID };

export default {
  Hash,
  Hmac,
  createHash,
  createHmac,
  hash,
  getHashes,
  timingSafeEqual,
  randomBytes,
  randomFillSync,
  randomInt,
  randomUUID,
  getRandomValues,
  createCipheriv,
  createDecipheriv,
  createSign,
  createVerify,
  generateKeyPairSync,
  pbkdf2Sync,
  scryptSync,
  webcrypto,
};

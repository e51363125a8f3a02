// SPDX-License-Identifier: Apache-2.0
// Node's StringDecoder: bytes in pieces to text, where a character may lie across two pieces.

import { Buffer } from "./buffer.ts";
import { decode, encode, encodingName, utf8Open } from "./text.ts";

/** How many bytes at the end must wait for the next piece. */
function openBytes(bytes: Uint8Array, encoding: string): number {
  switch (encoding) {
    case "utf8":
      return utf8Open(bytes);
    case "base64":
    case "base64url":
      return bytes.length % 3;
    case "utf16le": {
      const odd = bytes.length % 2;
      const last = bytes[bytes.length - odd - 1] ?? 0;
      return odd + (last >= 0xd8 && last <= 0xdb ? 2 : 0);
    }
    default:
      return 0;
  }
}

export class StringDecoder {
  readonly encoding: string;
  private held: Uint8Array = new Uint8Array(0);

  constructor(encoding?: string) {
    const name = encodingName(encoding);
    if (name === undefined) {
      encode("", encoding);
    }
    this.encoding = name as string;
  }

  write(piece: string | Uint8Array): string {
    if (typeof piece === "string") {
      return piece;
    }
    const bytes = this.held.length ? Buffer.concat([this.held, piece]) : piece;
    const whole = bytes.length - openBytes(bytes, this.encoding);
    this.held = Uint8Array.from(bytes.subarray(whole));
    return decode(bytes.subarray(0, whole), this.encoding);
  }

  end(piece?: string | Uint8Array): string {
    const text = (piece === undefined ? "" : this.write(piece)) + decode(this.held, this.encoding);
    this.held = new Uint8Array(0);
    return text;
  }
}

export default { StringDecoder };

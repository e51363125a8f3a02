// SPDX-License-Identifier: Apache-2.0
// `count` of a resource, with the index of each copy.

import { ref } from "./expression.ts";
import { Token } from "./tokens.ts";

const MARK = Symbol.for("cdktf/TerraformCount");

/**
 * How many copies of a resource Terraform makes.
 * @example
 * const count = TerraformCount.of(size.numberValue);
 * new SqsQueue(this, "queue", { count, name: `queue-${count.index}` });
 */
export class TerraformCount {
  private readonly count: number;

  private constructor(count: number) {
    this.count = count;
    Object.defineProperty(this, MARK, { value: true });
  }

  static of(count: number): TerraformCount {
    return new TerraformCount(count);
  }

  static isTerraformCount(value: any): value is TerraformCount {
    return value !== null && typeof value === "object" && MARK in value;
  }

  /** The number of the copy at hand, from 0. */
  get index(): number {
    return Token.asNumber(ref("count.index"));
  }

  toTerraform(): number {
    return this.count;
  }

  /** The count as text; a token as a token. */
  toString(): string {
    return Token.isUnresolved(this.count) ? Token.asString(Token.asAny(this.count)) : this.count.toString();
  }
}

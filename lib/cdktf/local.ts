// SPDX-License-Identifier: Apache-2.0
// Local values of a stack.

import type { IConstruct } from "../constructs/index.ts";
import type { ITerraformAddressable } from "./addressable.ts";
import { TerraformElement } from "./element.ts";
import { ref } from "./expression.ts";
import type { IResolvable } from "./resolvable.ts";
import { Token } from "./tokens.ts";

/** A named expression. */
export class TerraformLocal extends TerraformElement implements ITerraformAddressable {
  private value: any;

  constructor(scope: IConstruct, id: string, expression: any) {
    super(scope, id, "local");
    this.value = expression;
  }

  set expression(value: any) {
    this.value = value;
  }

  /** A reference to the value. */
  get expression(): any {
    return this.interpolation();
  }

  get asString(): string {
    return Token.asString(this.interpolation());
  }

  get asNumber(): number {
    return Token.asNumber(this.interpolation());
  }

  get asList(): string[] {
    return Token.asList(this.interpolation());
  }

  get asStringMap(): { [key: string]: string } {
    return Token.asStringMap(this.interpolation());
  }

  get asNumberMap(): { [key: string]: number } {
    return Token.asNumberMap(this.interpolation());
  }

  get asBooleanMap(): { [key: string]: boolean } {
    return Token.asBooleanMap(this.interpolation());
  }

  get asAnyMap(): { [key: string]: any } {
    return Token.asAnyMap(this.interpolation());
  }

  get asBoolean(): IResolvable {
    return Token.asAny(this.interpolation());
  }

  private interpolation(): IResolvable {
    return ref(`local.${this.friendlyUniqueId}`, this.cdktfStack);
  }

  toTerraform(): any {
    return { locals: { [this.friendlyUniqueId]: this.value } };
  }

  toString(): string {
    return this.asString;
  }
}

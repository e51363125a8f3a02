// SPDX-License-Identifier: Apache-2.0
// Variables of a stack.

import type { IConstruct } from "../constructs/index.ts";
import type { ITerraformAddressable } from "./addressable.ts";
import { deepMerge } from "./deep-merge.ts";
import { TerraformElement } from "./element.ts";
import { ref } from "./expression.ts";
import type { IResolvable } from "./resolvable.ts";
import type { TerraformCondition } from "./resource-base.ts";
import { keysToSnakeCase } from "./text.ts";
import { Token } from "./tokens.ts";

export interface TerraformVariableValidationConfig extends TerraformCondition {}

export interface TerraformVariableConfig {
  readonly default?: any;
  readonly description?: string;
  /** A type of Terraform's, such as `VariableType.STRING`. */
  readonly type?: string;
  /** Keeps the value out of what Terraform prints. @default false */
  readonly sensitive?: boolean;
  /** Whether null is a value. @default true */
  readonly nullable?: boolean;
  readonly validation?: TerraformVariableValidationConfig[];
}

/**
 * A value that whoever runs Terraform gives.
 *
 * @example const size = new TerraformVariable(this, "size", { type: "number", default: 2 });
 */
export class TerraformVariable extends TerraformElement implements ITerraformAddressable {
  readonly default?: any;
  readonly description?: string;
  readonly type?: string;
  readonly sensitive?: boolean;
  readonly nullable?: boolean;
  private conditions: TerraformVariableValidationConfig[] | undefined;

  constructor(scope: IConstruct, id: string, config: TerraformVariableConfig) {
    super(scope, id, "var");
    this.default = config.default;
    this.description = config.description;
    this.type = config.type;
    this.sensitive = config.sensitive;
    this.nullable = config.nullable;
    this.conditions = config.validation;
  }

  get stringValue(): string {
    return Token.asString(this.interpolation());
  }

  get numberValue(): number {
    return Token.asNumber(this.interpolation());
  }

  get listValue(): string[] {
    return Token.asList(this.interpolation());
  }

  get booleanValue(): IResolvable {
    return Token.asAny(this.interpolation());
  }

  get value(): any {
    return this.interpolation();
  }

  get validation(): TerraformVariableValidationConfig[] | undefined {
    return this.conditions;
  }

  addValidation(validation: TerraformVariableValidationConfig): void {
    this.conditions = [...(this.conditions ?? []), validation];
  }

  private interpolation(): IResolvable {
    return ref(`var.${this.friendlyUniqueId}`, this.cdktfStack);
  }

  synthesizeAttributes(): { [key: string]: any } {
    return {
      default: this.default,
      description: this.description,
      type: this.type,
      sensitive: this.sensitive,
      nullable: this.nullable,
      validation: this.validation,
    };
  }

  toTerraform(): any {
    const attributes = deepMerge({}, keysToSnakeCase(this.synthesizeAttributes()), this.rawOverrides);
    return { variable: { [this.friendlyUniqueId]: attributes } };
  }

  toString(): string {
    return this.stringValue;
  }
}

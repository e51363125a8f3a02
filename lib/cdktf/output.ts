// SPDX-License-Identifier: Apache-2.0
// Outputs of a stack.

import type { IConstruct } from "../constructs/index.ts";
import type { ITerraformAddressable, ITerraformDependable } from "./addressable.ts";
import { deepMerge } from "./deep-merge.ts";
import { TerraformElement } from "./element.ts";
import { isMended, mends } from "./defects.ts";
import { dependable } from "./expression.ts";
import type { Expression } from "./expression.ts";
import { declareFields } from "./fields.ts";
import { isResolvable } from "./resolve.ts";
import type { Precondition } from "./resource-base.ts";
import { keysToSnakeCase } from "./text.ts";

const OUTPUT = Symbol.for("cdktf/TerraformOutput");

export interface TerraformOutputConfig {
  /** A value with any tokens in it, or something with an address. */
  readonly value: Expression | ITerraformAddressable;
  readonly description?: string;
  /** Keeps the value out of what Terraform prints. @default false */
  readonly sensitive?: boolean;
  readonly dependsOn?: ITerraformDependable[];
  /** Takes the construct's own id for the output's name. @default false */
  readonly staticId?: boolean;
  /** Never written: the original drops it. */
  readonly precondition?: Precondition;
}

/**
 * A value that the stack gives out.
 *
 * @example new TerraformOutput(this, "url", { value: queue.url })
 */
export class TerraformOutput extends TerraformElement {
  static isTerraformOutput(value: any): value is TerraformOutput {
    return value !== null && typeof value === "object" && OUTPUT in value;
  }

  declare value: Expression | ITerraformAddressable;
  declare description?: string;
  declare sensitive?: boolean;
  declare dependsOn?: ITerraformDependable[];
  declare precondition?: Precondition;
  private declare isStatic?: boolean;

  constructor(scope: IConstruct, id: string, config: TerraformOutputConfig) {
    super(scope, id, "output");
    this.value = config.value;
    // What is not given takes no room: stacks that refer to each other have many outputs.
    if (config.description !== undefined) this.description = config.description;
    if (config.sensitive !== undefined) this.sensitive = config.sensitive;
    if (config.dependsOn !== undefined) this.dependsOn = config.dependsOn;
    if (config.precondition !== undefined) {
      this.precondition = config.precondition;
      mends("lostPrecondition", this.node.path);
    }
    if (config.dependsOn?.length) mends("bracedDependency", this.node.path);
    if (config.staticId) {
      this.isStatic = config.staticId;
      this.overrideLogicalId(this.node.id);
    }
  }

  get staticId(): boolean {
    return this.isStatic ?? false;
  }

  set staticId(staticId: boolean) {
    this.isStatic = staticId;
    if (staticId) this.overrideLogicalId(this.node.id);
    else this.resetOverrideLogicalId();
  }

  protected synthesizeAttributes(): { [key: string]: any } {
    const attributes: { [key: string]: any } = {};
    const { value, description, sensitive, dependsOn } = this;
    const given = addressesOf(value);
    if (given !== undefined) attributes.value = given;
    if (description !== undefined) attributes.description = description;
    if (sensitive !== undefined) attributes.sensitive = sensitive;
    if (dependsOn) attributes.depends_on = dependsOn.map((dependency) => (isMended("bracedDependency") ? dependable(dependency) : dependency.fqn));
    if (this.precondition !== undefined && isMended("lostPrecondition")) attributes.precondition = keysToSnakeCase(this.precondition);
    return attributes;
  }

  toTerraform(): any {
    const attributes = this.synthesizeAttributes();
    const isAlone = this._overrides === undefined && typeof attributes.value !== "object"; // nothing in it is to be merged
    return { output: { [this.friendlyUniqueId]: isAlone ? attributes : deepMerge({}, attributes, this._overrides) } };
  }
}

Object.defineProperty(TerraformOutput.prototype, OUTPUT, { value: true });
declareFields(TerraformOutput.prototype, ["value", "description", "sensitive", "dependsOn", "precondition", "isStatic"]);

/** A value with elements in it replaced by their addresses. */
function addressesOf(value: any): any {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(addressesOf);
  if (typeof value.fqn === "string") return value.fqn;
  if (isResolvable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, addressesOf(inner)]));
}

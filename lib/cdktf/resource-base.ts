// SPDX-License-Identifier: Apache-2.0
// What resources and data sources have in common: meta-arguments, references to attributes, and their block.

import type { IConstruct } from "../constructs/index.ts";
import type { IInterpolatingParent, ITerraformDependable } from "./addressable.ts";
import { addAttributeGetters } from "./attributes.ts";
import type { AttributeGetters } from "./attributes.ts";
import { TerraformCount } from "./count.ts";
import { deepMerge } from "./deep-merge.ts";
import { mends } from "./defects.ts";
import { areDynamicBlocksUsed, processDynamicAttributes } from "./dynamic.ts";
import { TerraformElement } from "./element.ts";
import { attributeOf, dependable, ReferenceToken } from "./expression.ts";
import type { Expression } from "./expression.ts";
import { declareFields } from "./fields.ts";
import type { ITerraformIterator } from "./iterator.ts";
import type { TerraformProvider } from "./provider.ts";
import type { IResolvable } from "./resolvable.ts";
import { keysToSnakeCase, snakeCase } from "./text.ts";
import { lastNoted, noteProvider } from "./unchecked.ts";

/** A condition that Terraform checks before or after it acts. */
export interface TerraformCondition {
  readonly condition: Expression;
  /** What Terraform says if it doesn't hold. */
  readonly errorMessage: string;
}
export interface Precondition extends TerraformCondition {}
export interface Postcondition extends TerraformCondition {}

/** How Terraform treats changes of a resource. */
export interface TerraformResourceLifecycle {
  /** Makes the new object before the old one goes. @default false */
  readonly createBeforeDestroy?: boolean;
  /** Refuses plans that destroy the object. @default false */
  readonly preventDestroy?: boolean;
  /** Attributes, in Terraform's spelling, whose changes count for nothing; `"all"` for all of them. */
  readonly ignoreChanges?: string[] | "all";
  /** Replaces the object when one of these changes. */
  readonly replaceTriggeredBy?: Array<ITerraformDependable | string>;
  readonly precondition?: Precondition[];
  readonly postcondition?: Postcondition[];
}

/** Arguments that every resource has, whatever its provider. */
export interface TerraformMetaArguments {
  readonly dependsOn?: ITerraformDependable[];
  readonly count?: number | TerraformCount;
  readonly provider?: TerraformProvider;
  readonly lifecycle?: TerraformResourceLifecycle;
  readonly forEach?: ITerraformIterator;
  /** Blocks of `provisioner`, in order; resources only. */
  readonly provisioners?: any[];
  /** How provisioners reach the object; resources only. */
  readonly connection?: any;
}

/** Which provider a class was made for. */
export interface TerraformProviderGeneratorMetadata {
  readonly providerName: string;
  readonly providerVersion?: string;
  readonly providerVersionConstraint?: string;
}

export interface TerraformResourceConfig extends TerraformMetaArguments {
  /** Terraform's name of the type, such as `aws_sqs_queue`. */
  readonly terraformResourceType: string;
  readonly terraformGeneratorMetadata?: TerraformProviderGeneratorMetadata;
  /** True where it is known to have no meta-argument. */
  readonly _isBare?: boolean;
}

/** What can be referred to, depended on and iterated over. */
export interface ITerraformResource extends ITerraformDependable, IInterpolatingParent {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
  dependsOn?: string[];
  count?: number | TerraformCount;
  provider?: TerraformProvider;
  lifecycle?: TerraformResourceLifecycle;
  forEach?: ITerraformIterator;
}

/** The lifecycle with what it refers to as addresses. */
export function lifecycleToTerraform(lifecycle: TerraformResourceLifecycle | undefined): any {
  if (lifecycle === undefined) return undefined;
  if (lifecycle.replaceTriggeredBy === undefined) return { ...lifecycle };
  const triggers = lifecycle.replaceTriggeredBy.map((trigger) => {
    if (typeof trigger === "string") return trigger;
    return mends("bracedTrigger", "a lifecycle") ? dependable(trigger) : trigger.fqn;
  });
  return { ...lifecycle, replaceTriggeredBy: triggers };
}

export interface TerraformResourceBase extends AttributeGetters {}

let lastRead: TerraformResourceBase | undefined; // of which an attribute was read last: mostly another one follows, and
let startOfLast = ""; // what their addresses begin with

/** Resources and data sources. */
export abstract class TerraformResourceBase extends TerraformElement implements ITerraformResource {
  declare readonly terraformResourceType: string;
  declare readonly terraformGeneratorMetadata?: TerraformProviderGeneratorMetadata;
  declare dependsOn?: string[];
  declare count?: number | TerraformCount;
  declare provider?: TerraformProvider;
  declare lifecycle?: TerraformResourceLifecycle;
  declare forEach?: ITerraformIterator;
  declare protected readonly _elementType: string;

  constructor(scope: IConstruct, id: string, elementType: string, config: TerraformResourceConfig) {
    super(scope, id, elementType);
    const { terraformResourceType, terraformGeneratorMetadata: made } = config;
    if (this.terraformResourceType !== terraformResourceType) this.terraformResourceType = terraformResourceType;
    if (this.terraformGeneratorMetadata !== made) this.terraformGeneratorMetadata = made;
    if (made && made !== lastNoted) noteProvider(made);
    if (config._isBare) return;
    if (Array.isArray(config.dependsOn)) this.dependsOn = config.dependsOn.map(dependable);
    if (config.count !== undefined) this.count = config.count;
    if (config.provider !== undefined) this.provider = config.provider;
    if (config.lifecycle !== undefined) this.lifecycle = config.lifecycle;
    if (config.forEach !== undefined) this.forEach = config.forEach;
  }

  /** `count`, `depends_on`, `provider`, `lifecycle` and `for_each`, as they are written. */
  get terraformMetaArguments(): { [name: string]: any } {
    if (this.forEach && this.count !== undefined) throw new Error("forEach and count are both set: a resource takes one of them");
    const meta: { [name: string]: any } = {};
    if (this.dependsOn) meta.dependsOn = this.dependsOn;
    if (this.count !== undefined) meta.count = TerraformCount.isTerraformCount(this.count) ? this.count.toTerraform() : this.count;
    if (this.provider) meta.provider = this.provider.fqn;
    if (this.lifecycle) meta.lifecycle = lifecycleToTerraform(this.lifecycle);
    if (this.forEach) meta.forEach = this.forEach._getForEachExpression();
    return meta;
  }

  /** The same, in Terraform's spelling. */
  protected get _writtenMeta(): { [name: string]: any } {
    const given = this.terraformMetaArguments;
    const meta: { [name: string]: any } = {};
    for (const name in given) if (given[name] !== undefined) meta[snakeCase(name)] = keysToSnakeCase(given[name]);
    return meta;
  }

  /** True if all that was asked for beyond the constructor are meta-arguments. */
  protected _hasMetaAlone(): boolean {
    return this._overrides === undefined;
  }

  /** The type's own arguments, in Terraform's spelling. */
  protected synthesizeAttributes(): { [name: string]: any } {
    return {};
  }

  /** The whole block. */
  protected get _block(): { [name: string]: any } {
    const given = this.synthesizeAttributes();
    // Overrides are merged into what stands here, which may be the author's own objects.
    const attributes = this._overrides !== undefined || areDynamicBlocksUsed() ? processDynamicAttributes(given) : { ...given };
    const meta = this._writtenMeta;
    for (const name in meta) {
      const isAlone = this._overrides === undefined && !(name in attributes);
      if (isAlone) attributes[name] = meta[name];
      else deepMerge(attributes, { [name]: meta[name] });
    }
    attributes["//"] = this.constructNodeMetadata;
    return this._overrides === undefined ? attributes : deepMerge(attributes, this._overrides);
  }

  get _blockKind(): string {
    return this._elementType;
  }

  toMetadata(): any {
    return this.overridesMetadata(this.terraformResourceType);
  }

  interpolationForAttribute(terraformAttribute: string): IResolvable {
    if (this !== lastRead) {
      startOfLast = this._elementType + "." + (this._uniqueId ?? this.friendlyUniqueId) + ".";
      lastRead = this._uniqueId === undefined ? undefined : this; // a program's class may give a name anew each time
    }
    const stack = this._stackOfThis ?? this.cdktfStack;
    if (this.forEach !== undefined) return attributeOf(startOfLast.slice(0, -1), terraformAttribute, true, stack, this);
    return new ReferenceToken(startOfLast + terraformAttribute, stack, this); // as nearly always
  }
}

addAttributeGetters(TerraformResourceBase.prototype);

/** What every resource has, whatever its provider. */
export const META_ARGUMENTS = ["count", "dependsOn", "forEach", "lifecycle", "provider", "connection", "provisioners"] as const satisfies Array<
  keyof TerraformMetaArguments
>;

// Most resources have none of them, and one look has to tell: setting the first says so, and makes the property that it seems to be.
for (const name of META_ARGUMENTS) {
  Object.defineProperty(TerraformResourceBase.prototype, name, {
    get: () => undefined,
    set(value: any) {
      this._isAltered = true;
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
    configurable: true,
  });
}
declareFields(TerraformResourceBase.prototype, ["terraformResourceType", "terraformGeneratorMetadata", "_given", "_own", "_parts"]); // lib/provider makes the last three

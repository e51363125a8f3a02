// SPDX-License-Identifier: Apache-2.0
// Calls of Terraform modules: what all have in common, and modules that are used without generated classes.

import type { Construct, IConstruct } from "../constructs/index.ts";
import type { ITerraformDependable } from "./addressable.ts";
import { deepMerge } from "./deep-merge.ts";
import { TerraformElement } from "./element.ts";
import { attributeOf, dependable } from "./expression.ts";
import { hereMade, report } from "./findings.ts";
import type { ITerraformIterator } from "./iterator.ts";
import { TerraformModuleAsset } from "./module-asset.ts";
import type { TerraformProvider } from "./provider.ts";
import type { IResolvable } from "./resolvable.ts";
import { Token } from "./tokens.ts";

/** A provider under the name that a module gives it. */
export interface TerraformModuleProvider {
  readonly provider: TerraformProvider;
  readonly moduleAlias: string;
}

export interface TerraformModuleUserConfig {
  readonly providers?: (TerraformProvider | TerraformModuleProvider)[];
  readonly dependsOn?: ITerraformDependable[];
  readonly forEach?: ITerraformIterator;
  /** Leave a relative source as it is, instead of copying the module to the output. @default false */
  readonly skipAssetCreationFromLocalModules?: boolean;
}

export interface TerraformModuleConfig extends TerraformModuleUserConfig {
  /** A registry address, a URL, or a path that begins with `./` or `../`. */
  readonly source: string;
  readonly version?: string;
}

/** A call of a module. Subclasses give its variables by `synthesizeAttributes`, in Terraform's spelling. */
export abstract class TerraformModule extends TerraformElement implements ITerraformDependable {
  readonly source: string;
  readonly version?: string;
  dependsOn?: string[];
  forEach?: ITerraformIterator;
  readonly skipAssetCreationFromLocalModules?: boolean;
  private providerList?: (TerraformProvider | TerraformModuleProvider)[];

  constructor(scope: Construct, id: string, options: TerraformModuleConfig) {
    super(scope, id, "module");
    if (options.source === undefined) report("missing-required", `${this.constructor.name} requires 'source', which is missing.`, hereMade("config"));
    const isLocal = /^\.\.?\//.test(options.source) && !options.skipAssetCreationFromLocalModules;
    this.source = isLocal ? TerraformModuleAsset.of(this).getAssetPathForModule(options.source) : options.source;
    this.version = options.version;
    this.skipAssetCreationFromLocalModules = options.skipAssetCreationFromLocalModules;
    this.forEach = options.forEach;
    this.dependsOn = options.dependsOn?.map(dependable);
    this.providerList = options.providers;
    this.providersByName();
    this.node.addValidation({ validate: () => childrenOf(this) });
  }

  /** The module's variables. */
  protected synthesizeAttributes(): { [name: string]: any } {
    return {};
  }

  /** An output of the module. */
  interpolationForOutput(moduleOutput: string): IResolvable {
    return attributeOf(`module.${this.friendlyUniqueId}`, moduleOutput, this.forEach !== undefined, this.cdktfStack);
  }

  /** An output of the module as text. */
  getString(output: string): string {
    return Token.asString(this.interpolationForOutput(output));
  }

  get providers(): (TerraformProvider | TerraformModuleProvider)[] | undefined {
    return this.providerList;
  }

  addProvider(provider: TerraformProvider | TerraformModuleProvider): void {
    this.providerList = [...(this.providerList ?? []), provider];
    this.providersByName();
  }

  /** What `providers` is in Terraform; two under one name are an error. */
  private providersByName(): { [name: string]: string } | undefined {
    if (this.providerList === undefined) return undefined;
    const byName: { [name: string]: string } = {};
    for (const entry of this.providerList) {
      const { provider, moduleAlias } = "moduleAlias" in entry ? entry : { provider: entry, moduleAlias: undefined };
      const name = provider.terraformResourceType + (moduleAlias === undefined ? "" : `.${moduleAlias}`);
      if (name in byName)
        throw new Error(`The module gets two providers as "${name}"; give each a name of its own: { provider, moduleAlias: "…" }.`);
      byName[name] = provider.fqn;
    }
    return byName;
  }

  toTerraform(): any {
    const block = {
      ...this.synthesizeAttributes(),
      source: this.source,
      version: this.version,
      providers: this.providersByName(),
      depends_on: this.dependsOn,
      for_each: this.forEach?._getForEachExpression(),
      "//": this.constructNodeMetadata,
    };
    return { module: { [this.friendlyUniqueId]: deepMerge({}, block, this.rawOverrides) } };
  }

  toMetadata(): any {
    return this.overridesMetadata(`module.${this.source}`);
  }
}

/** A module is no group: what is put below it would end up beside it. */
function childrenOf(module: IConstruct): string[] {
  if (module.node.children.length === 0) return [];
  return [`The module '${module.node.path}' has constructs below it; group them in a Construct instead.`];
}

export interface TerraformHclModuleConfig extends TerraformModuleConfig {
  readonly variables?: { [key: string]: any };
}

/**
 * A module used without a class of its own.
 * @example
 * const vpc = new TerraformHclModule(this, "vpc", {
 *   source: "terraform-aws-modules/vpc/aws", version: "~> 5.0", variables: { cidr: "10.0.0.0/16" },
 * });
 * new TerraformOutput(this, "id", { value: vpc.get("vpc_id") });
 */
export class TerraformHclModule extends TerraformModule {
  private values?: { [key: string]: any };

  constructor(scope: Construct, id: string, options: TerraformHclModuleConfig) {
    super(scope, id, options);
    this.values = options.variables;
  }

  get variables(): { [key: string]: any } | undefined {
    return this.values;
  }

  /** Sets a variable, by its name in the module. */
  set(variable: string, value: any): void {
    this.values ??= {};
    this.values[variable] = value;
  }

  /** An output of the module. */
  get(output: string): any {
    return this.interpolationForOutput(output);
  }

  getNumber(output: string): number {
    return Token.asNumber(this.interpolationForOutput(output));
  }

  getBoolean(output: string): IResolvable {
    return this.interpolationForOutput(output);
  }

  getList(output: string): string[] {
    return Token.asList(this.interpolationForOutput(output));
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return { ...this.values };
  }
}

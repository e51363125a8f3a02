// SPDX-License-Identifier: Apache-2.0
// Providers.

import type { IConstruct } from "../constructs/index.ts";
import { deepMerge } from "./deep-merge.ts";
import { processDynamicAttributes } from "./dynamic.ts";
import { TerraformElement } from "./element.ts";
import type { TerraformProviderGeneratorMetadata } from "./resource-base.ts";
import { keysToSnakeCase } from "./text.ts";
import { noteProvider } from "./unchecked.ts";

const PROVIDER = Symbol.for("cdktf/TerraformProvider");

export interface TerraformProviderConfig {
  /** The provider's name, such as `aws`. */
  readonly terraformResourceType: string;
  readonly terraformGeneratorMetadata?: TerraformProviderGeneratorMetadata;
  /** Where Terraform finds it, such as `hashicorp/random`. */
  readonly terraformProviderSource?: string;
}

/** A provider's configuration. A class of a provider derives from it. */
export abstract class TerraformProvider extends TerraformElement {
  static isTerraformProvider(value: any): value is TerraformProvider {
    return value !== null && typeof value === "object" && PROVIDER in value;
  }

  readonly terraformResourceType: string;
  readonly terraformGeneratorMetadata?: TerraformProviderGeneratorMetadata;
  readonly terraformProviderSource?: string;

  constructor(scope: IConstruct, id: string, config: TerraformProviderConfig) {
    super(scope, id, config.terraformResourceType);
    this.terraformResourceType = config.terraformResourceType;
    this.terraformGeneratorMetadata = config.terraformGeneratorMetadata;
    this.terraformProviderSource = config.terraformProviderSource;
    if (config.terraformGeneratorMetadata) noteProvider(config.terraformGeneratorMetadata);
  }

  /** The name under which resources choose this configuration, if it isn't the default one. Derived classes keep it. */
  get alias(): string | undefined {
    return undefined;
  }

  set alias(_value: string | undefined) {
    throw new Error("A provider's class has to keep the alias itself.");
  }

  /** How resources refer to it: `aws`, or `aws.<alias>`. */
  get fqn(): string {
    return this.alias === undefined ? this.terraformResourceType : `${this.terraformResourceType}.${this.alias}`;
  }

  get metaAttributes(): { [name: string]: any } {
    return this.alias === undefined ? {} : { alias: this.alias };
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return {};
  }

  toTerraform(): any {
    const { providerVersion, providerVersionConstraint } = this.terraformGeneratorMetadata ?? {};
    const required = { source: this.terraformProviderSource, version: providerVersion ?? providerVersionConstraint };
    const attributes = keysToSnakeCase(processDynamicAttributes(this.synthesizeAttributes()));
    return {
      terraform: { required_providers: { [this.terraformResourceType]: required } },
      provider: { [this.terraformResourceType]: [deepMerge({}, attributes, this.rawOverrides, this.metaAttributes)] },
    };
  }

  toMetadata(): any {
    return this.overridesMetadata(this.terraformResourceType);
  }
}

Object.defineProperty(TerraformProvider.prototype, PROVIDER, { value: true });

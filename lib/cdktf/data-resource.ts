// SPDX-License-Identifier: Apache-2.0
// `terraform_data`, the one resource that Terraform brings along.

import type { Construct } from "../constructs/index.ts";
import { AnyMap } from "./complex.ts";
import type { TerraformProvider } from "./provider.ts";
import { ImportableResource, TerraformResource } from "./resource.ts";
import type { TerraformMetaArguments } from "./resource-base.ts";
import { anyToTerraform, hashMapper } from "./runtime.ts";
import { mends } from "./defects.ts";

export interface DataConfig extends TerraformMetaArguments {
  /** Kept in the state, and given back as `output` after apply. */
  readonly input?: { [key: string]: any };
  /** A change of this value replaces the resource. */
  readonly triggersReplace?: { [key: string]: any };
}

/**
 * A value that lives as a resource.
 * @example new DataResource(this, "version", { input: { release: "1.2.0" }, triggersReplace: { image: image.id } });
 */
export class DataResource extends TerraformResource {
  static readonly tfResourceType = "terraform_data";
  private _input?: any;
  private _triggersReplace?: any;
  private readonly _output = new AnyMap(this, "output");

  constructor(scope: Construct, id: string, config: DataConfig = {}) {
    const { input, triggersReplace, ...meta } = config;
    super(scope, id, { ...meta, terraformResourceType: DataResource.tfResourceType });
    this._input = input;
    this._triggersReplace = triggersReplace;
  }

  /** Makes Terraform write the configuration of something that exists, when it plans. */
  static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: TerraformProvider): ImportableResource {
    return new ImportableResource(scope, importToId, { terraformResourceType: DataResource.tfResourceType, importId: importFromId, provider });
  }

  get id(): string {
    return this.getStringAttribute("id");
  }

  get input(): { [key: string]: any } {
    return this.getAnyMapAttribute("input");
  }

  set input(value: { [key: string]: any }) {
    this._input = value;
  }

  resetInput(): void {
    this._input = undefined;
  }

  get inputInput(): { [key: string]: any } | undefined {
    return this._input;
  }

  /** The input after apply. */
  get output(): AnyMap {
    return this._output;
  }

  get triggersReplace(): { [key: string]: any } {
    return this.getAnyMapAttribute("triggers_replace");
  }

  set triggersReplace(value: { [key: string]: any }) {
    this._triggersReplace = value;
  }

  resetTriggersReplace(): void {
    this._triggersReplace = undefined;
  }

  get triggersReplaceInput(): { [key: string]: any } | undefined {
    return this._triggersReplace;
  }

  protected synthesizeAttributes(): { [name: string]: any } {
    return { input: this.written(this._input), triggers_replace: this.written(this._triggersReplace) };
  }

  /** Any value is good for Terraform; the original takes every value for an object with keys. */
  private written(value: any): any {
    const isLost = Array.isArray(value) || typeof value === "number" || typeof value === "boolean";
    if (isLost && mends("lostInput", `DataResource '${this.node.path}'`)) return value;
    return hashMapper(anyToTerraform)(value);
  }
}

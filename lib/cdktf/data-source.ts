// SPDX-License-Identifier: Apache-2.0
// Data sources.

import type { IConstruct } from "../constructs/index.ts";
import { TerraformResourceBase } from "./resource-base.ts";
import type { TerraformResourceConfig } from "./resource-base.ts";

const DATA_SOURCE = Symbol.for("cdktf/TerraformDataSource");

/** A data source. Classes of a provider's data sources derive from it. */
export class TerraformDataSource extends TerraformResourceBase {
  static isTerraformDataSource(value: any): value is TerraformDataSource {
    return value !== null && typeof value === "object" && DATA_SOURCE in value;
  }

  constructor(scope: IConstruct, id: string, config: TerraformResourceConfig) {
    super(scope, id, `data.${config.terraformResourceType}`, config);
  }

  toTerraform(): any {
    return { data: { [this.terraformResourceType]: { [this.friendlyUniqueId]: this._block } } };
  }
}

Object.defineProperty(TerraformDataSource.prototype, DATA_SOURCE, { value: true });

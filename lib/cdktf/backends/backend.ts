// SPDX-License-Identifier: Apache-2.0
// Where a stack keeps its state: what all backends share.

import type { Construct } from "../../constructs/index.ts";
import { TerraformElement } from "../element.ts";
import type { TerraformRemoteState } from "../remote-state.ts";
import { deepMerge } from "../deep-merge.ts";

const MARK = Symbol.for("cdktf/TerraformBackend");

/** A backend. A stack has one; without any it is local. */
export abstract class TerraformBackend extends TerraformElement {
  protected readonly name: string;

  /** @param name the backend's name in Terraform, such as `s3` */
  constructor(scope: Construct, id: string, name: string) {
    super(scope, id, name);
    this.name = name;
    Object.defineProperty(this, MARK, { value: true });
  }

  static isBackend(value: any): value is TerraformBackend {
    return value !== null && typeof value === "object" && MARK in value;
  }

  /** The backend's arguments, by their names in Terraform. */
  protected synthesizeAttributes(): { [name: string]: any } {
    return {};
  }

  /**
   * A data source that reads this state from another stack.
   * @param fromStack the stack that reads
   */
  abstract getRemoteStateDataSource(scope: Construct, name: string, fromStack: string): TerraformRemoteState;

  toTerraform(): any {
    return { terraform: { backend: { [this.name]: deepMerge(this.synthesizeAttributes(), this.rawOverrides) } } };
  }

  toMetadata(): any {
    return { backend: this.name };
  }
}

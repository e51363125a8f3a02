// SPDX-License-Identifier: Apache-2.0
// Outputs of another stack, read from its state.

import type { Construct } from "../constructs/index.ts";
import type { ITerraformAddressable } from "./addressable.ts";
import { TerraformElement } from "./element.ts";
import { ref } from "./expression.ts";
import type { IResolvable } from "./resolvable.ts";
import { Token } from "./tokens.ts";
import { deepMerge } from "./deep-merge.ts";
import { keysToSnakeCase } from "./text.ts";

/** What every remote state takes beside the arguments of its backend. */
export interface DataTerraformRemoteStateConfig {
  /** @default the workspace `default` */
  readonly workspace?: string;
  /** Values for outputs that the state doesn't have. */
  readonly defaults?: { [key: string]: any };
}

/** The state of another stack; each backend has its own class. */
export abstract class TerraformRemoteState extends TerraformElement implements ITerraformAddressable {
  static readonly tfResourceType = "terraform_remote_state";
  private readonly backend: string;
  private readonly config: DataTerraformRemoteStateConfig;

  constructor(scope: Construct, id: string, backend: string, config: DataTerraformRemoteStateConfig) {
    super(scope, id, `data.${TerraformRemoteState.tfResourceType}`);
    this.backend = backend;
    this.config = config;
  }

  /** An output as text; a path into it may follow: `network.vpc_id`. */
  getString(output: string): string {
    return Token.asString(this.outputOf(output));
  }

  getNumber(output: string): number {
    return Token.asNumber(this.outputOf(output));
  }

  getList(output: string): string[] {
    return Token.asList(this.outputOf(output));
  }

  getBoolean(output: string): IResolvable {
    return this.outputOf(output);
  }

  get(output: string): IResolvable {
    return this.outputOf(output);
  }

  private outputOf(output: string): IResolvable {
    const address = `data.${TerraformRemoteState.tfResourceType}.${this.friendlyUniqueId}`;
    return ref(`${address}.outputs.${output}`, this.cdktfStack);
  }

  toTerraform(): any {
    const { workspace, defaults, ...config } = this.config;
    const block = { workspace, defaults, backend: this.backend, config: keysToSnakeCase(config) };
    return {
      data: {
        [TerraformRemoteState.tfResourceType]: { [this.friendlyUniqueId]: deepMerge(block, this.rawOverrides) },
      },
    };
  }

  toMetadata(): any {
    return this.overridesMetadata(TerraformRemoteState.tfResourceType);
  }
}

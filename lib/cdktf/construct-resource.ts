// SPDX-License-Identifier: Apache-2.0
// A construct that stands for something in a stack and makes its parts below itself.

import { Construct } from "../constructs/index.ts";
import type { IConstruct } from "../constructs/index.ts";
import { TerraformStack } from "./stack.ts";

export interface IResource extends IConstruct {
  readonly stack: TerraformStack;
}

export interface IResourceConstructor {
  new (scope: Construct, id: string, ...args: any[]): IResource;
}

/** The base of constructs that are more than one resource of Terraform. */
export abstract class Resource extends Construct implements IResource {
  readonly stack: TerraformStack;

  constructor(scope: IConstruct, id: string) {
    super(scope, id);
    this.stack = TerraformStack.of(this);
  }
}

// SPDX-License-Identifier: Apache-2.0
// The names under which resources of a stack can be moved to.

import type { TerraformResource } from "./resource.ts";

export class TerraformResourceTargets {
  private readonly targets = new Map<string, TerraformResource>();

  addResourceTarget(resource: TerraformResource, target: string): void {
    const taken = this.targets.get(target);
    if (taken !== undefined) {
      throw new Error(`Target "${target}" has already been set at ${taken.node.path}: each resource needs a target of its own`);
    }
    this.targets.set(target, resource);
  }

  getResourceByTarget(target: string): TerraformResource {
    const found = this.targets.get(target);
    if (found !== undefined) return found;
    const known = [...this.targets.keys()].join(", ") || "none";
    throw new Error(`No resource has the move target "${target}". Targets that are set: ${known}`);
  }
}

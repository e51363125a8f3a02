// SPDX-License-Identifier: Apache-2.0
// For states from before cdktf 0.15, whose resources had other names.

import type { IConstruct } from "../constructs/index.ts";
import type { IAspect } from "./aspects.ts";
import { makeLegacyId } from "./logical-id.ts";
import { TerraformResource } from "./resource.ts";

/**
 * Moves every resource from the name that it had before cdktf 0.15.
 * @example Aspects.of(stack).add(new MigrateIds());
 */
export class MigrateIds implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const stackDepth = node.cdktfStack.node.scopes.length - 1;
    const path = node.node.scopes.slice(stackDepth).map((scope) => scope.node.id);
    const legacy = makeLegacyId(path);
    if (legacy !== node.friendlyUniqueId) node.moveFromId(`${node.terraformResourceType}.${legacy}`);
  }
}

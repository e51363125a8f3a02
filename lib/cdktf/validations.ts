// SPDX-License-Identifier: Apache-2.0
// What every stack is asked before it is written.

import type { IConstruct, IValidation } from "../constructs/index.ts";
import { TerraformProvider } from "./provider.ts";
import { TerraformResourceBase } from "./resource-base.ts";
import { TerraformStack } from "./stack.ts";

/** Whether each resource of a stack has a provider there. */
export class ValidateProviderPresence implements IValidation {
  private readonly host: TerraformStack;

  constructor(host: TerraformStack) {
    this.host = host;
  }

  validate(): string[] {
    const needed = new Set<string>();
    const present = new Set<string>();
    const visit = (construct: IConstruct): void => {
      if (construct instanceof TerraformResourceBase && construct.terraformGeneratorMetadata) {
        needed.add(construct.terraformGeneratorMetadata.providerName);
      } else if (TerraformProvider.isTerraformProvider(construct)) {
        present.add(construct.terraformGeneratorMetadata?.providerName ?? construct.terraformResourceType);
      }
      for (const child of construct.node.children) if (!TerraformStack.isStack(child)) visit(child);
    };
    visit(this.host);
    const missing = [...needed].filter((name) => !present.has(name));
    if (missing.length === 0) return [];
    return [
      `Found resources without a matching provider. Please make sure to add the following providers to your stack: ${missing.join(", ")}`,
    ];
  }
}

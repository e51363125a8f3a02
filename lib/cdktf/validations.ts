// SPDX-License-Identifier: Apache-2.0
// What every stack is asked before it is written.

import type { IConstruct, IValidation } from "../constructs/index.ts";
import { Mistake, placeOf, report } from "./findings.ts";
import { TerraformProvider } from "./provider.ts";
import { TerraformResourceBase } from "./resource-base.ts";
import type { TerraformStack } from "./stack.ts";

/** Whether each resource of a stack has a provider there. */
export class ValidateProviderPresence implements IValidation {
  private readonly host: TerraformStack;
  private missing: IConstruct[] = []; // of each provider that is not there the first resource

  constructor(host: TerraformStack) {
    this.host = host;
  }

  /** The mistake that the last `validate` found, told at the first resource concerned; of several the others are told already. */
  mistake(message: string): Mistake | undefined {
    const [first, ...others] = this.missing;
    for (const other of others) report("missing-provider", message, placeOf(other));
    return first && new Mistake("missing-provider", message, placeOf(first));
  }

  validate(): string[] {
    const needed = new Map<string, IConstruct>(); // the first resource of each provider
    const present = new Set<string>();
    const elements = this.host.elements();
    let Last: unknown; // the class of the resource before, and
    let last: unknown; // what that was made for: neighbours mostly share them
    for (let i = 0; i < elements.length; i++) {
      const element: any = elements[i];
      const made = element.terraformGeneratorMetadata;
      if (made === last && element.constructor === Last) continue;
      if (element instanceof TerraformResourceBase) {
        last = made;
        Last = element.constructor;
        const name = element.terraformGeneratorMetadata?.providerName;
        if (name !== undefined && !needed.has(name)) needed.set(name, element);
      } else if (TerraformProvider.isTerraformProvider(element)) {
        present.add(element.terraformGeneratorMetadata?.providerName ?? element.terraformResourceType);
      }
    }
    const missing = [...needed.keys()].filter((name) => !present.has(name));
    this.missing = missing.map((name) => needed.get(name) as IConstruct);
    if (missing.length === 0) return [];
    return [
      `Found resources without a matching provider. Please make sure to add the following providers to your stack: ${missing.join(", ")}`,
    ];
  }
}

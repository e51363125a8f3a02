// SPDX-License-Identifier: Apache-2.0
// What every stack is asked before it is written.

import type { IConstruct, IValidation } from "../constructs/index.ts";
import type { TerraformElement } from "./element.ts";
import { Mistake, placeOf, report } from "./findings.ts";
import { TerraformProvider } from "./provider.ts";
import { TerraformResourceBase } from "./resource-base.ts";
import type { TerraformStack } from "./stack.ts";

/** Whether each resource of a stack has a provider there. */
export class ValidateProviderPresence implements IValidation {
  private readonly host: TerraformStack;
  private asked: readonly TerraformElement[] | undefined; // last: stack and app both ask, mostly of the same
  private missing = new Map<string, IConstruct>(); // of each provider that is not there the first resource

  constructor(host: TerraformStack) {
    this.host = host;
  }

  /** The mistake that the last `validate` found, told at the first resource concerned; of several the others are told already. */
  mistake(message: string): Mistake | undefined {
    const [first, ...others] = this.missing.values();
    for (const other of others) report("missing-provider", message, placeOf(other));
    return first && new Mistake("missing-provider", message, placeOf(first));
  }

  validate(): string[] {
    const elements = this.host.elements();
    if (elements !== this.asked) this.missing = missingIn(elements);
    this.asked = elements;
    if (this.missing.size === 0) return [];
    const names = [...this.missing.keys()].join(", ");
    return [`Found resources without a matching provider. Please make sure to add the following providers to your stack: ${names}`];
  }
}

function missingIn(elements: readonly TerraformElement[]): Map<string, IConstruct> {
  const needed = new Map<string, IConstruct>(); // the first resource of each provider
  const present = new Set<string>();
  let lastClass: unknown; // the class of the element before, unless that is a provider, and
  let lastMade: unknown; // what that was made for: neighbours mostly share them
  for (let i = 0; i < elements.length; i++) {
    const element: any = elements[i];
    const made = element.terraformGeneratorMetadata;
    if (made === lastMade && element.constructor === lastClass) continue;
    if (element instanceof TerraformResourceBase) {
      lastMade = made;
      lastClass = element.constructor;
      const name = made?.providerName;
      if (name !== undefined && !needed.has(name)) needed.set(name, element);
    } else if (TerraformProvider.isTerraformProvider(element)) {
      present.add(made?.providerName ?? element.terraformResourceType);
    } else {
      lastMade = made;
      lastClass = element.constructor;
    }
  }
  for (const name of present) needed.delete(name);
  return needed;
}

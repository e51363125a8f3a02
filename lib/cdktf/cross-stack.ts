// SPDX-License-Identifier: Apache-2.0
// References from one stack into another: in the preparing pass they become an output there and a data source here.

import { App } from "./app.ts";
import type { IResolveContext } from "./resolvable.ts";
import { TerraformStack } from "./stack.ts";

/** What to write for a reference: itself, or, from another stack, a value of that stack's outputs. */
export function crossStackIdentifier(context: IResolveContext, identifier: string, origin: TerraformStack | undefined): string {
  if (origin === undefined) return identifier;
  const here = TerraformStack.of(context.scope);
  return here === origin ? identifier : App.of(origin).crossStackReference(origin, here, identifier);
}

// SPDX-License-Identifier: Apache-2.0
// References from one stack into another. In the preparing pass they become an output there and a data source here.

import { App } from "./app.ts";
import type { IResolveContext } from "./resolvable.ts";
import { TerraformStack } from "./stack.ts";

/** What to write in place of a reference into another stack; undefined where the reference is one within its own stack. */
export function crossStackReference(context: IResolveContext, origin: TerraformStack, identifier: string): string | undefined {
  const here = TerraformStack.of(context.scope);
  if (here === origin) return undefined;
  if (context.preparing) {
    here.noteUse(origin, context.path ?? []);
    here.linkReference(origin, identifier, App.of(origin).crossStackReference(origin, here, identifier));
  }
  return here.linkedReference(origin, identifier);
}

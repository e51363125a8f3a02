// SPDX-License-Identifier: Apache-2.0
// References from one stack into another. In the preparing pass they become an output there and a data source here.

import { App } from "./app.ts";
import { mends } from "./defects.ts";
import type { IResolveContext } from "./resolvable.ts";
import { TerraformStack } from "./stack.ts";

/**
 * What to write in place of a reference into another stack; undefined where the reference is one within its own stack.
 *
 * @param token what stands for this one reference: the original knows it again by that, and so not what was made since the preparing pass
 */
export function crossStackReference(context: IResolveContext, origin: TerraformStack, identifier: string, token: object): string | undefined {
  const here = TerraformStack.of(context.scope);
  if (here === origin) return undefined;
  let linked = here.linkedReference(origin, identifier);
  if (context.preparing) {
    if (linked === undefined) {
      here.noteUse(origin, context.path ?? []);
      // It holds the address of a data source, which mostly comes to the same wherever it is written.
      const written = App.of(origin).crossStackReference(origin, here, identifier);
      linked = context._settle?.(written) ?? written;
      here.linkReference(origin, identifier, linked);
    }
    prepared.add(token);
  }
  return linked === undefined || prepared.has(token) || mends("lateReference", identifier) ? linked : undefined;
}

const prepared = new WeakSet<object>(); // tokens that the preparing pass has seen

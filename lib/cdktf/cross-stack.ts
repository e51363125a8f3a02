// SPDX-License-Identifier: Apache-2.0
// References from one stack into another. In the preparing pass they become an output there and a data source here.

import * as host from "weir:host";
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
      if (!here.hasUse(origin)) here.noteUse(origin, context.path ?? []);
      linked = settled(context, here, origin, App.of(origin).crossStackReference(origin, here, identifier));
      here.linkReference(origin, identifier, linked);
    }
    notePrepared(token);
  }
  return linked === undefined || prepared.has(token) || mends("lateReference", identifier) ? linked : undefined;
}

/** The address of the data source that reads another stack: as it is known before it is resolved, and what it comes to. */
interface Address {
  readonly unresolved: string;
  readonly resolved: string;
}

const addresses = new WeakMap<TerraformStack, Map<TerraformStack, Address>>(); // that mostly come to the same wherever they are written

/** What is written into a stack in place of a reference, as far as that is certain. */
function settled(context: IResolveContext, here: TerraformStack, origin: TerraformStack, written: string): string {
  if (context._settle === undefined) return written;
  const known = addresses.get(here)?.get(origin);
  if (known !== undefined && written.startsWith(known.unresolved)) {
    const output = written.slice(known.unresolved.length);
    if (host.isPlain(output)) return known.resolved + output;
  }
  const unresolved = here.registerIncomingCrossStackReference(origin).fqn;
  const resolved = context._settle(unresolved);
  if (typeof resolved === "string") {
    if (!addresses.has(here)) addresses.set(here, new Map());
    addresses.get(here)?.set(origin, { unresolved, resolved });
  }
  return context._settle(written) ?? written;
}

const prepared = new WeakSet<object>(); // tokens that the preparing pass has seen

export function notePrepared(token: object): void {
  prepared.add(token);
}

// SPDX-License-Identifier: Apache-2.0
// Aspects: visitors that see every construct below a scope when a stack is synthesized.

import type { IConstruct } from "../constructs/index.ts";
import { Annotations } from "./annotations.ts";

const ASPECTS = Symbol.for("cdktf-aspects");
let isUsed = false; // by this program

export interface IAspect {
  visit(node: IConstruct): void;
}

/** The aspects of a scope. */
export class Aspects {
  /** @example Aspects.of(app).add({ visit: (node) => … }) */
  static of(scope: IConstruct): Aspects {
    const holder = scope as any;
    if (holder[ASPECTS] === undefined) Object.defineProperty(holder, ASPECTS, { value: new Aspects() });
    return holder[ASPECTS];
  }

  private readonly list: IAspect[] = [];

  add(aspect: IAspect): void {
    isUsed = true;
    this.list.push(aspect);
  }

  get all(): IAspect[] {
    return [...this.list];
  }
}

/** How many aspects a construct has itself. */
function countOf(construct: IConstruct): number {
  return (construct as any)[ASPECTS]?.list.length ?? 0;
}

/** Lets the aspects of a scope and of all below it visit, outermost first, each once a construct. Those above it don't. */
export function invokeAspects(root: IConstruct): void {
  if (isUsed) visit(root, [], { isWarned: false });
}

function visit(construct: IConstruct, fromAbove: readonly IAspect[], walk: { isWarned: boolean }): void {
  const count = countOf(construct);
  const all = count === 0 ? fromAbove : [...new Set([...fromAbove, ...Aspects.of(construct).all])];
  for (let i = 0; i < all.length; i++) {
    all[i].visit(construct);
    if (!walk.isWarned && countOf(construct) !== count) {
      walk.isWarned = true;
      Annotations.of(construct).addWarning("We detected an Aspect was added via another Aspect, and will not be applied");
    }
  }
  if (construct.node.kids === undefined) return;
  const { children } = construct.node;
  for (let i = 0; i < children.length; i++) visit(children[i], all, walk);
}

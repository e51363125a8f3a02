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

function aspectsOf(construct: IConstruct): readonly IAspect[] {
  return (construct as any)[ASPECTS]?.all ?? [];
}

/** Lets the aspects of a scope and of all below it visit, outermost first, each once a construct. Those above it don't. */
export function invokeAspects(root: IConstruct): void {
  if (!isUsed) return;
  let warned = false;
  const visit = (construct: IConstruct, fromAbove: readonly IAspect[]): void => {
    const own = aspectsOf(construct);
    const all = [...fromAbove, ...own];
    for (const aspect of new Set(all)) {
      aspect.visit(construct);
      if (!warned && aspectsOf(construct).length !== own.length) {
        warned = true;
        Annotations.of(construct).addWarning("We detected an Aspect was added via another Aspect, and will not be applied");
      }
    }
    for (const child of construct.node.children) visit(child, all);
  };
  visit(root, []);
}

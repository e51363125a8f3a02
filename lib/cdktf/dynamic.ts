// SPDX-License-Identifier: Apache-2.0
// Content that repeats for each item of an iterator. As the value of an attribute it is a `for` expression; as a block
// of a resource it is Terraform's `dynamic` block, which stands in another place than the block itself.

import * as host from "weir:host";
import { forExpression } from "./expression.ts";
import type { ITerraformIterator } from "./iterator.ts";
import type { IResolvable, IResolveContext } from "./resolvable.ts";
import { Lazy, Token } from "./tokens.ts";

const EXPRESSION = Symbol.for("cdktf/TerraformDynamicExpression");
const BLOCK = Symbol.for("cdktf/TerraformDynamicBlock");

let isUsed = false; // by this program

function hasMark(value: any, mark: symbol): boolean {
  return value !== null && typeof value === "object" && mark in value;
}

/** Repeated content that may still become either form. `TerraformIterator.dynamic` makes it. */
export class TerraformDynamicExpression implements IResolvable {
  readonly creationStack: string[] = [];
  readonly iterator: ITerraformIterator;
  readonly content: { [key: string]: any };

  constructor(args: { iterator: ITerraformIterator; content: { [key: string]: any } }) {
    this.iterator = args.iterator;
    this.content = args.content;
    Object.defineProperty(this, EXPRESSION, { value: true });
    if (!isUsed) host.repeatContent();
    isUsed = true;
  }

  static isTerraformDynamicExpression(value: any): value is TerraformDynamicExpression {
    return hasMark(value, EXPRESSION);
  }

  resolve(context: IResolveContext): any {
    context.iteratorContext = "FOR_EXPRESSION";
    return forExpression(this.iterator._getForEachExpression(), this.content);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): any {
    return "<unresolved-terraform-dynamic-expression>";
  }
}

/** Repeated content in the place of a block. */
export class TerraformDynamicBlock implements IResolvable {
  readonly creationStack: string[] = [];
  readonly forEach: ITerraformIterator;
  readonly iterator = "each";
  readonly content: { [key: string]: any };

  private constructor(args: { forEach: ITerraformIterator; content: { [key: string]: any } }) {
    this.forEach = args.forEach;
    this.content = args.content;
    Object.defineProperty(this, BLOCK, { value: true });
  }

  static fromDynamicExpression(expression: TerraformDynamicExpression): TerraformDynamicBlock {
    return new TerraformDynamicBlock({ forEach: expression.iterator, content: expression.content });
  }

  static isTerraformDynamicBlock(value: any): value is TerraformDynamicBlock {
    return hasMark(value, BLOCK);
  }

  /** A block can't be a value: whoever writes the element takes it by `toTerraformDynamicBlockJson`. */
  resolve(): any {
    throw new Error(
      "A dynamic block can't be resolved here: dynamic blocks are for blocks of resources, data sources and providers.",
    );
  }

  /** What stands below `dynamic.<name>`. */
  toTerraformDynamicBlockJson(): IResolvable {
    return Lazy.anyValue({
      produce: (context: IResolveContext) => {
        context.iteratorContext = "DYNAMIC_BLOCK";
        return context.resolve({ for_each: this.forEach._getForEachExpression(), iterator: this.iterator, content: this.content });
      },
    });
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): any {
    return "<unresolved-terraform-dynamic-block>";
  }
}

/** False as long as the program has made no repeated content. */
export function areDynamicBlocksUsed(): boolean {
  return isUsed;
}

/** An element's arguments with each dynamic block moved below `dynamic`, also inside other blocks; objects are copies. */
export function processDynamicAttributes(attributes: { [name: string]: any }): { [name: string]: any } {
  const moved: { [name: string]: any } = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (TerraformDynamicBlock.isTerraformDynamicBlock(value)) {
      moved.dynamic = { ...moved.dynamic, [name]: value.toTerraformDynamicBlockJson() };
    } else {
      moved[name] = isPlainObject(value) ? processDynamicAttributes(value) : value;
    }
  }
  return moved;
}

function isPlainObject(value: any): boolean {
  return value !== null && typeof value === "object" && value.constructor === Object;
}

// SPDX-License-Identifier: Apache-2.0
// What a token is, and what it meets while it is resolved. Types and the two small classes that a program may
// subclass stand here, apart from the table of tokens, so that every other file can know them without a cycle.

import type { IConstruct } from "../constructs/index.ts";
import type { TokenizedStringFragments } from "./fragments.ts";
import { lookupList, lookupMap, lookupNumberList } from "./token-table.ts";

/** A value that is known only when the program is synthesized. Anything with a `resolve` method counts as one. */
export interface IResolvable {
  /** Where it was made, innermost frame first; empty here, since errors carry a place of their own. */
  readonly creationStack: string[];
  /** The value. It may hold further tokens, which are resolved in turn. */
  resolve(context: IResolveContext): any;
  /** The token as text, to be put into other text. */
  toString(): string;
}

/** On a token of this library: true if nobody can change what it comes to, as long as what it holds is such too. */
export const FIXED = Symbol("fixed");
/** A method of such a token: what stands for it outside of expressions, where that takes no resolving. */
export const WRITTEN = Symbol("written");

/** Where a value stands that has to be expanded inside a `dynamic` block or a `for` expression. */
export type IteratorContext = "DYNAMIC_BLOCK" | "FOR_EXPRESSION";

/** What `resolve` is told. Flags that a token sets hold for what it resolves, and are reset when it is done. */
export interface IResolveContext {
  /** The construct whose value is resolved: a stack, mostly. */
  readonly scope: IConstruct;
  /** True in the first pass, in which references across stacks are found. */
  readonly preparing: boolean;
  /** True inside an expression: a reference is written bare, without `${` and `}`. */
  suppressBraces?: boolean;
  /** True inside a function call: `${` in text is no expression. */
  ignoreEscapes?: boolean;
  /** True where a `${` in text is most likely a mistake. */
  warnEscapes?: boolean;
  iteratorContext?: IteratorContext;
  /** The keys and indices on the way to the value at hand. */
  readonly path?: ReadonlyArray<string | number>;
  resolve(value: any): any;
  /** Told that what is being resolved may come to something else another time (FIXED). */
  _mayChange?(): void;
  /** What a text comes to within an expression; undefined where it may come to something else another time. */
  _settle?(text: string): string | undefined;
  registerPostProcessor(postProcessor: IPostProcessor): void;
}

/** Gets a token's value after everything in it was resolved. */
export interface IPostProcessor {
  postProcess(input: any, context: IResolveContext): any;
}

/** How tokens become values. */
export interface ITokenResolver {
  resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any;
  resolveString(fragments: TokenizedStringFragments, context: IResolveContext): any;
  resolveList(list: string[], context: IResolveContext): any;
  resolveNumberList(list: number[], context: IResolveContext): any;
  resolveMap(map: { [key: string]: any }, context: IResolveContext): any;
}

/** How the pieces of a text are joined again. */
export interface IFragmentConcatenator {
  join(left: any | undefined, right: any | undefined): any;
}

/** Joins pieces as text; a piece that is alone keeps its type. */
export class StringConcat implements IFragmentConcatenator {
  join(left: any | undefined, right: any | undefined): any {
    if (left === undefined) return right === undefined ? undefined : `${right}`;
    return right === undefined ? `${left}` : `${left}${right}`;
  }
}

/** Resolves each token by its own `resolve`, and again for as long as a token comes out. */
export class DefaultTokenResolver implements ITokenResolver {
  private readonly concat: IFragmentConcatenator;

  constructor(concat: IFragmentConcatenator) {
    this.concat = concat;
  }

  resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    let value;
    try {
      value = token.resolve(context);
    } catch (error) {
      throw resolutionError(error, token);
    }
    return postProcessor.postProcess(context.resolve(value), context);
  }

  resolveString(fragments: TokenizedStringFragments, context: IResolveContext): any {
    return fragments.mapTokens(context).join(this.concat);
  }

  resolveList(list: string[], context: IResolveContext): any {
    return context.resolve(lookupList(list));
  }

  resolveNumberList(list: number[], context: IResolveContext): any {
    return context.resolve(lookupNumberList(list));
  }

  resolveMap(map: { [key: string]: any }, context: IResolveContext): any {
    return context.resolve(lookupMap(map));
  }
}

/** The error itself, its message marked once as one of resolution, so that the author's frames stay. */
export function resolutionError(error: any, token: IResolvable): any {
  if (error instanceof Error && !error.message.startsWith("Resolution error: ")) {
    error.message = `Resolution error: ${error.message}`;
    const made = token.creationStack;
    if (made?.length > 0) error.message += `\nObject creation stack:\n  at ${made.join("\n  at ")}`;
  }
  return error;
}

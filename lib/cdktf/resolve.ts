// SPDX-License-Identifier: Apache-2.0
// From a value with tokens in it to the value that Terraform gets: the one function that walks, and the context that it
// hands to tokens. Plain data comes out of plain data; nothing else in the library renders tokens.

import * as host from "weir:host";
import { Construct } from "../constructs/index.ts";
import type { IConstruct } from "../constructs/index.ts";
import { Mistake } from "./findings.ts";
import { DefaultTokenResolver, FIXED, resolutionError, WRITTEN } from "./resolvable.ts";
import type { IPostProcessor, IResolvable, IResolveContext, IteratorContext, ITokenResolver } from "./resolvable.ts";
import * as table from "./token-table.ts";

const DEPTH_MAX = 200; // levels; deeper is taken for a circle

/** True for tokens: objects with a `resolve` method. */
export function isResolvable(value: any): value is IResolvable {
  return typeof value === "object" && value !== null && typeof value.resolve === "function";
}

/** What a walk is given. */
export interface ResolveOptions {
  readonly scope: IConstruct;
  readonly resolver: ITokenResolver;
  /** @default false */
  readonly preparing?: boolean;
}

/** Resolves every token in a value; what is undefined is left out of lists and objects. */
export function resolve(value: any, options: ResolveOptions): any {
  const context = new Context(options.scope, options.preparing ?? false, options.resolver);
  return resolveIn(context, value);
}

function resolveIn(context: Context, value: any): any {
  try {
    return context.resolve(value);
  } catch (error) {
    return fail(context, error);
  }
}

/**
 * What the host calls while it takes a value (`take`, `visit`), with each part of it that may be a token. One serves for
 * many values, until it throws.
 * @param known texts that come to the same each time, by what they were: looked up, and added to
 */
export function partResolver(options: ResolveOptions, known: Map<string, string>): (part: any) => any {
  const context = new Context(options.scope, options.preparing ?? false, options.resolver, host.way);
  const resolvePart = (part: any): any => {
    if (typeof part !== "string") return resolveIn(context, part);
    const before = known.get(part);
    if (before !== undefined) return before;
    context.isFixed = true;
    const token: any = context.isDefault ? table.lookupString(part) : undefined;
    const resolved = (token?.[WRITTEN] && written(context, token)) ?? resolveIn(context, part);
    if (context.isFixed && typeof resolved === "string") known.set(part, resolved);
    else host.mayChange();
    return resolved;
  };
  context.pass = resolvePart;
  return resolvePart;
}

function written(context: Context, token: any): string | undefined {
  try {
    return token[WRITTEN](context);
  } catch (error) {
    return fail(context, resolutionError(error, token));
  }
}

function fail(context: Context, error: any): never {
  if (error instanceof Error && !failures.has(error)) failures.set(error, context.path);
  throw error;
}

const NO_PROCESSORS: IPostProcessor[] = [];
const failures = new WeakMap<Error, Array<string | number>>();

/** The keys and indices on the way to the value that an error came from. */
export function failedPath(error: Error): Array<string | number> | undefined {
  return failures.get(error);
}

/* One context serves a whole walk. A token may set its flags: they hold for what it resolves and are put back behind it. */
class Context implements IResolveContext {
  readonly scope: IConstruct;
  readonly preparing: boolean;
  suppressBraces?: boolean;
  ignoreEscapes?: boolean;
  warnEscapes?: boolean;
  iteratorContext?: IteratorContext;
  pass?: (part: any) => any; // over a stack, to the host
  isFixed = true; // false once something was resolved that may come to something else another time
  private readonly resolver: ITokenResolver;
  readonly isDefault: boolean; // a text is put together of its pieces, as nearly always
  private readonly way: Array<string | number> = [];
  private inside = 0; // tokens that are being resolved: steps that are none of the author's
  private readonly wayAbove: () => Array<string | number>; // to the value that it all began with
  private postProcessors: IPostProcessor[] = NO_PROCESSORS;
  private readonly processor: IPostProcessor = {
    postProcess: (input, context) => this.postProcessors.reduce((value, processor) => processor.postProcess(value, context), input),
  };

  constructor(scope: IConstruct, preparing: boolean, resolver: ITokenResolver, wayAbove: () => Array<string | number> = () => []) {
    this.wayAbove = wayAbove;
    this.scope = scope;
    this.preparing = preparing;
    this.resolver = resolver;
    this.isDefault = resolver.resolveString === DefaultTokenResolver.prototype.resolveString;
    this.resolve = this.resolve.bind(this); // tokens may pass it on bare
  }

  registerPostProcessor(postProcessor: IPostProcessor): void {
    this.postProcessors = [...this.postProcessors, postProcessor];
  }

  _mayChange(): void {
    this.isFixed = false;
  }

  _settle(text: string): string | undefined {
    const { suppressBraces, isFixed } = this;
    this.suppressBraces = true;
    this.isFixed = true;
    const resolved = this.resolve(text);
    const isSettled = this.isFixed;
    this.suppressBraces = suppressBraces;
    this.isFixed = isFixed;
    return isSettled ? resolved : undefined;
  }

  resolve(value: any): any {
    switch (typeof value) {
      case "string":
        return this.resolveText(value);
      case "number":
        return this.resolveNumber(value);
      case "object":
        break;
      case "function":
        throw new Error(`Trying to resolve() a function at '${this.place()}'`);
      default:
        return value;
    }
    if (value === null) return value;
    if (this.way.length + this.inside > DEPTH_MAX) {
      throw new Error(`Unable to resolve object tree with circular reference at '${this.place()}'`);
    }
    const isList = Array.isArray(value);
    if (!isList && isResolvable(value)) return this.resolveToken(value);
    this.isFixed = false; // all else is the author's own
    if (isList) return this.resolveArray(value);
    if (value instanceof Date) return value;
    if (table.isMapToken(value)) return this.resolveTokenMap(value);
    if (Construct.isConstruct(value)) throw new Error(`Trying to resolve() a Construct at '${this.place()}'`);
    return this.resolveObject(value);
  }

  private resolveText(text: string): any {
    const token = this.isDefault ? table.lookupString(text) : undefined;
    if (token !== undefined) return this.resolveAlone(token);
    if (host.isPlain(text)) return text;
    if (table.isListToken(text)) throw new Mistake("token-misuse", misuse("list token", "string", "Fn.element(list, 0)", "list[0]"));
    if (text === table.STRING_MAP_VALUE || text === table.ANY_MAP_VALUE) {
      throw new Mistake("token-misuse", misuse("map token", "string", "Fn.lookup(map, key, default)", "map[key]"));
    }
    if (this.pass !== undefined && !this.suppressBraces && !this.ignoreEscapes) {
      const filled = host.fill(this.pass, text);
      if (filled !== undefined) {
        this.isFixed = false; // tokens in it may be any
        return filled;
      }
    }
    const value = table.mayHoldTokens(text) ? this.guarded(resolveString, table.splitText(text, !this.ignoreEscapes)) : text;
    const numbers = typeof value === "string" ? table.splitNumbers(value) : undefined;
    return numbers === undefined ? value : this.guarded(resolveString, numbers);
  }

  /** A text that is one token: that comes to what it likes. */
  private resolveAlone(token: IResolvable): any {
    const value = this.resolveToken(token);
    const numbers = typeof value === "string" ? table.splitNumbers(value) : undefined;
    return numbers === undefined ? value : this.guarded(resolveString, numbers);
  }

  private resolveNumber(value: number): any {
    const token = table.lookupNumber(value);
    if (token !== undefined) return this.resolveToken(token);
    if (value === table.NUMBER_MAP_VALUE) throw new Mistake("token-misuse", misuse("map token", "number", "Fn.lookup(map, key, default)", "map[key]"));
    return value;
  }

  private resolveArray(list: any[]): any {
    if (list.length > 0) {
      if (table.isStringListToken(list)) return this.resolveTokenList(list, resolveList);
      if (table.isNumberListToken(list)) return this.resolveTokenList(list, resolveNumberList);
    }
    const resolved: any[] = [];
    for (let i = 0; i < list.length; i++) {
      const item = this.at(i, list[i]);
      if (item !== undefined) resolved.push(item);
    }
    return resolved;
  }

  private resolveTokenList(list: any[], resolve: Resolving): any {
    if (list.length !== 1) throw new Mistake("token-misuse", `Cannot add elements to list token, got: ${list}`);
    return this.guarded(resolve, list);
  }

  private resolveTokenMap(map: { [key: string]: any }): any {
    if (Object.keys(map).length !== 1) {
      throw new Mistake("token-misuse", "Cannot add elements to map token: what it holds is known to Terraform only. Use 'Fn.merge([map, { … }])'.");
    }
    return this.guarded(resolveMap, map);
  }

  private resolveObject(object: { [key: string]: any }): any {
    const resolved: { [key: string]: any } = {};
    for (const key of Object.keys(object)) {
      const name = this.resolve(key);
      if (typeof name !== "string") {
        throw new Error(`At "${this.place()}" the key "${key}" came to ${JSON.stringify(name)}: a key must come to text`);
      }
      const value = this.at(key, object[key]);
      if (value !== undefined) resolved[name] = value;
    }
    return resolved;
  }

  private resolveToken(token: IResolvable): any {
    if (!(token as any)[FIXED]) this.isFixed = false;
    return this.guarded(resolveToken, token);
  }

  private at(step: string | number, value: any): any {
    this.way.push(step);
    const resolved = this.resolve(value);
    this.way.pop();
    return resolved;
  }

  /** Runs what may set flags or register a post-processor, one level down, and puts all back. */
  private guarded(resolve: Resolving, what: any): any {
    const { suppressBraces, ignoreEscapes, warnEscapes, iteratorContext, postProcessors } = this;
    this.postProcessors = NO_PROCESSORS;
    this.inside++;
    const resolved = resolve(this.resolver, what, this, this.processor);
    this.inside--;
    this.suppressBraces = suppressBraces;
    this.ignoreEscapes = ignoreEscapes;
    this.warnEscapes = warnEscapes;
    this.iteratorContext = iteratorContext;
    this.postProcessors = postProcessors;
    return resolved;
  }

  /** The way to the value at hand; what a failure left is where it happened. */
  get path(): Array<string | number> {
    return [...this.wayAbove(), ...this.way];
  }

  private place(): string {
    return `/${this.path.join("/")}`;
  }
}

/* What a resolver does, as functions that Context.guarded() is given: a closure for each token would cost more than the rest. */
type Resolving = (resolver: ITokenResolver, what: any, context: IResolveContext, processor: IPostProcessor) => any;

const resolveToken: Resolving = (resolver, token, context, processor) => resolver.resolveToken(token, context, processor);
const resolveString: Resolving = (resolver, pieces, context) => resolver.resolveString(pieces, context);
const resolveList: Resolving = (resolver, list, context) => resolver.resolveList(list, context);
const resolveNumberList: Resolving = (resolver, list, context) => resolver.resolveNumberList(list, context);
const resolveMap: Resolving = (resolver, map, context) => resolver.resolveMap(map, context);

/** What to say where a token in the disguise of a collection was taken apart by the program itself. */
function misuse(what: string, wanted: string, use: string, used: string): string {
  return `Found an encoded ${what} in a scalar ${wanted} context. Use '${use}' (not '${used}') to extract elements: what a token holds is known to Terraform only.`;
}

// SPDX-License-Identifier: Apache-2.0
// Token, Tokenization and Lazy: how a program makes, recognises and resolves values that are known only later.

import { TokenizedStringFragments } from "./fragments.ts";
import type { IPostProcessor, IResolvable, IResolveContext } from "./resolvable.ts";
import { isResolvable, resolve } from "./resolve.ts";
import type { ResolveOptions } from "./resolve.ts";
import * as table from "./token-table.ts";

export { TokenizedStringFragments } from "./fragments.ts";
export { DefaultTokenResolver, StringConcat } from "./resolvable.ts";
export type { ResolveOptions } from "./resolve.ts";

/** How a token looks as text. */
export interface EncodingOptions {
  /** What the disguise begins with in place of `TOKEN`. */
  readonly displayHint?: string;
}

const NO_STACK: string[] = [];

/** A token that stands for a fixed value, which may hold other tokens. */
export class Intrinsic implements IResolvable {
  declare readonly creationStack: string[];
  protected declare readonly value: any;

  constructor(value: any) {
    if (typeof value === "function") {
      throw new Error(`Argument to Intrinsic must be a plain value object, got ${value}`);
    }
    this.value = value;
  }

  resolve(_context: IResolveContext): any {
    return this.value;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): any {
    return "<unresolved-token>";
  }
}

Object.defineProperty(Intrinsic.prototype, "creationStack", { value: NO_STACK, writable: true });

/** Tokens as values of other types, so that they pass where such a value is asked for. */
export class Token {
  static readonly STRING_MAP_TOKEN_VALUE = table.STRING_MAP_VALUE;
  static readonly NUMBER_MAP_TOKEN_VALUE = table.NUMBER_MAP_VALUE;
  static readonly ANY_MAP_TOKEN_VALUE = table.ANY_MAP_VALUE;

  /** True if the value is a token in any disguise, or text that holds one. */
  static isUnresolved(value: any): boolean {
    switch (typeof value) {
      case "string":
        return table.holdsTokens(value);
      case "number":
        return table.isNumberToken(value);
      case "object":
        if (value === null) return false;
        if (Array.isArray(value)) return table.isStringListToken(value) || table.isNumberListToken(value);
        return isResolvable(value) || table.isMapToken(value);
      default:
        return false;
    }
  }

  /** A value as text: text itself stays, anything else becomes a token. */
  static asString(value: any, options?: EncodingOptions): string {
    return typeof value === "string" ? value : table.registerString(Token.asAny(value), options?.displayHint);
  }

  static asNumber(value: any): number {
    return typeof value === "number" ? value : table.registerNumber(Token.asAny(value));
  }

  static asList(value: any, options?: EncodingOptions): string[] {
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    return table.registerList(Token.asAny(value), options?.displayHint);
  }

  static asNumberList(value: any): number[] {
    if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value;
    return table.registerNumberList(Token.asAny(value));
  }

  /** A value as a map; `mapValue` is what a program sees when it looks into it. */
  static asMap(value: any, mapValue: any, options?: EncodingOptions): { [key: string]: any } {
    return table.registerMap(Token.asAny(value), mapValue, options?.displayHint);
  }

  static asStringMap(value: any, options?: EncodingOptions): { [key: string]: string } {
    return Token.asMap(value, table.STRING_MAP_VALUE, options);
  }

  static asNumberMap(value: any, options?: EncodingOptions): { [key: string]: number } {
    return Token.asMap(value, table.NUMBER_MAP_VALUE, options);
  }

  static asBooleanMap(value: any, options?: EncodingOptions): { [key: string]: boolean } {
    return Token.asMap(value, true, options);
  }

  static asAnyMap(value: any, options?: EncodingOptions): { [key: string]: any } {
    return Token.asMap(value, table.ANY_MAP_VALUE, options);
  }

  static asAny(value: any): IResolvable {
    return isResolvable(value) ? value : new Intrinsic(value);
  }

  /** A token that Terraform sees as `null`. */
  static nullValue(): IResolvable {
    return new Intrinsic(null);
  }
}

/** From disguises back to tokens, and from tokens to values. */
export class Tokenization {
  /** All tokens in a value, as far as they can be seen without resolving it. */
  static reverse(value: any): IResolvable[] {
    if (isResolvable(value)) return [value];
    switch (typeof value) {
      case "string":
        return Tokenization.reverseString(value).tokens;
      case "number":
        return one(table.lookupNumber(value));
      case "object":
        if (value === null) return [];
        if (Array.isArray(value)) return one(table.lookupList(value) ?? table.lookupNumberList(value));
        return one(table.lookupMap(value));
      default:
        return [];
    }
  }

  static reverseString(text: string): TokenizedStringFragments {
    return table.splitText(text, false);
  }

  static reverseNumber(value: number): IResolvable | undefined {
    return table.lookupNumber(value);
  }

  static reverseList(list: string[]): IResolvable | undefined {
    return table.lookupList(list);
  }

  static reverseNumberList(list: number[]): IResolvable | undefined {
    return table.lookupNumberList(list);
  }

  static reverseMap(map: { [key: string]: any }): IResolvable | undefined {
    return table.lookupMap(map);
  }

  static resolve(value: any, options: ResolveOptions): any {
    return resolve(value, options);
  }

  static isResolvable(value: any): value is IResolvable {
    return isResolvable(value);
  }

  /** A number as text; a token stays one. */
  static stringifyNumber(value: number): string {
    return Token.isUnresolved(value) ? Token.asString(Tokenization.reverseNumber(value)) : value.toString();
  }
}

function one(token: IResolvable | undefined): IResolvable[] {
  return token === undefined ? [] : [token];
}

/** Makes text when it is asked for. */
export interface IStringProducer {
  produce(context: IResolveContext): string | undefined;
}

export interface IListProducer {
  produce(context: IResolveContext): string[] | undefined;
}

export interface INumberProducer {
  produce(context: IResolveContext): number | undefined;
}

export interface IAnyProducer {
  produce(context: IResolveContext): any;
}

export interface LazyStringValueOptions extends EncodingOptions {}

export interface LazyListValueOptions extends EncodingOptions {
  /** Leaves an empty list out. @default false */
  readonly omitEmpty?: boolean;
}

export interface LazyAnyValueOptions extends EncodingOptions {
  /** Leaves an empty list out. @default false */
  readonly omitEmptyArray?: boolean;
}

/** A token whose value is made when it is resolved: once while preparing, and once while synthesizing. */
export abstract class LazyBase implements IResolvable {
  readonly creationStack: string[] = NO_STACK;
  private readonly postProcessors: IPostProcessor[] = [];

  resolve(context: IResolveContext): any {
    for (const processor of this.postProcessors) context.registerPostProcessor(processor);
    return this.resolveLazy(context);
  }

  protected abstract resolveLazy(context: IResolveContext): any;

  toString(): string {
    return Token.asString(this);
  }

  addPostProcessor(postProcessor: IPostProcessor): void {
    this.postProcessors.push(postProcessor);
  }

  toJSON(): any {
    return "<unresolved-lazy>";
  }
}

class LazyValue extends LazyBase {
  private readonly producer: IAnyProducer;
  private readonly omitEmpty: boolean;

  constructor(producer: IAnyProducer, omitEmpty: boolean = false) {
    super();
    this.producer = producer;
    this.omitEmpty = omitEmpty;
  }

  protected resolveLazy(context: IResolveContext): any {
    const value = this.producer.produce(context);
    return this.omitEmpty && Array.isArray(value) && value.length === 0 ? undefined : value;
  }
}

/**
 * Values that are made late, when everything around them is known.
 *
 * @example
 *   name: Lazy.stringValue({ produce: () => `${prefix}-${members.length}` })
 */
export class Lazy {
  static stringValue(producer: IStringProducer, options: LazyStringValueOptions = {}): string {
    return Token.asString(new LazyValue(producer), options);
  }

  static numberValue(producer: INumberProducer): number {
    return Token.asNumber(new LazyValue(producer));
  }

  static listValue(producer: IListProducer, options: LazyListValueOptions = {}): string[] {
    return Token.asList(new LazyValue(producer, options.omitEmpty), options);
  }

  static anyValue(producer: IAnyProducer, options: LazyAnyValueOptions = {}): IResolvable {
    return new LazyValue(producer, options.omitEmptyArray);
  }
}

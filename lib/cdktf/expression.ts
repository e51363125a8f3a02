// SPDX-License-Identifier: Apache-2.0
// Terraform expressions as tokens: references, property access, function calls, operators, conditions, `for`. An expression
// is data, a kind and its operands; RENDER says how each kind is written. What the original writes that can't be meant
// (a falsy right operand, a null argument) is asked of defects.ts.

import * as host from "weir:host";
import { isMended, mends } from "./defects.ts";
import { Intrinsic, Token } from "./tokens.ts";
import { isResolvable } from "./resolve.ts";
import { hasNumberTokens, isListToken, lookupString, splitText, TEXT } from "./token-table.ts";
import { FIXED, WRITTEN } from "./resolvable.ts";
import type { IConstruct } from "../constructs/index.ts";
import type { IResolvable, IResolveContext } from "./resolvable.ts";
import { crossStackReference } from "./cross-stack.ts";
import type { TerraformStack } from "./stack.ts";
import type { ITerraformDependable } from "./addressable.ts";

/** Whatever may stand in an expression. */
export type Expression = any;

export type Operator = "!" | "-" | "*" | "/" | "%" | "+" | ">" | ">=" | "<" | "<=" | "==" | "!=" | "&&" | "||";

type ExpressionKind = "property" | "call" | "conditional" | "operator" | "for";

const OPEN_QUOTE = /(?<!\\)(?:\\\\)*"/;

/** A token that Terraform evaluates. Inside another expression it is written bare, elsewhere in `${` and `}`. */
export class TFExpression extends Intrinsic implements IResolvable {
  declare readonly kind: ExpressionKind;
  declare readonly operands: readonly any[];
  declare readonly [TEXT]: string;

  constructor(kind: ExpressionKind, operands: readonly any[]) {
    super(operands);
    this.kind = kind;
    this.operands = operands;
    this[TEXT] = "";
  }

  /** Where an operand is an object, that is said when it is rendered. */
  get [FIXED](): boolean {
    const { constructor, resolve } = this;
    return OWN.has(constructor) && resolve === TFExpression.prototype.resolve;
  }

  resolve(context: IResolveContext): any {
    const bare = context.suppressBraces;
    context.suppressBraces = true;
    const text = RENDER[this.kind](context, this.operands);
    return bare ? text : `\${${text}}`;
  }
}

/** How each kind is written; tokens inside come out bare. */
const RENDER: { [kind in ExpressionKind]: (context: IResolveContext, operands: readonly any[]) => string } = {
  property: (context, [target, steps]) =>
    `${renderTarget(context, target)}${steps.map((step: any) => renderStep(context, step)).join("")}`,
  call: (context, [name, args]) => {
    context.ignoreEscapes = true;
    context.warnEscapes = true;
    return `${name}(${renderItems(context, args)})`;
  },
  conditional: (context, [condition, yes, no]) => {
    const text = `${renderOperand(context, condition)} ? ${renderOperand(context, yes)} : ${renderOperand(context, no)}`;
    return isMended("openCondition") ? `(${text})` : text;
  },
  operator: (context, [operator, left, right, isAlone]) => {
    const first = renderOperand(context, left);
    if (operator === "!" || (operator === "-" && isAlone)) return `${operator}${first}`;
    return `(${first} ${operator} ${isAlone ? undefined : renderOperand(context, right)})`;
  },
  for: (context, [input, value, key]) => {
    if (isMended("iteratorInFor")) context.iteratorContext = "FOR_EXPRESSION";
    const list = renderOperand(context, input);
    const each = renderLoose(context, value);
    if (!key) return `[ for key, val in ${list}: ${each}]`;
    return `{ for key, val in ${list}: ${renderLoose(context, key)} => ${each} }`;
  },
};

/** One operand as HCL: text in quotes, lists and objects in HCL's form, tokens as they resolve. */
export function renderOperand(context: IResolveContext, operand: any): any {
  if (typeof operand === "object") {
    const written = host.inline(operand, (text: string) => (isText(text) ? renderOperand(context, text) : undefined));
    if (written !== undefined) {
      context._mayChange?.(); // it is the program's
      return written;
    }
  }
  const resolved = context.resolve(operand);
  if (isResolvable(operand)) return renderToken(context, operand, resolved);
  if (typeof operand === "string") {
    // A token of text may come to anything; what it came to is data.
    if (typeof resolved === "string") return renderText(context, operand, resolved);
    return renderOperand(context, dataOf(context, splitText(operand, false).tokens[0], resolved));
  }
  if (Array.isArray(resolved)) return `[${renderItems(context, itemsOf(operand, resolved))}]`;
  if (typeof resolved === "object" && resolved !== null) return renderObject(context, operand, resolved);
  return isMended("lostNull") ? (resolved ?? "null") : resolved;
}

/** True if a text comes to text, whoever asks and when: it is data, or its tokens are expressions of this library. */
function isText(text: string): boolean {
  const token = lookupString(text);
  if (token !== undefined) return comesToText(token);
  if (host.isPlain(text)) return true;
  if (hasNumberTokens() || isListToken(text)) return false;
  const { tokens } = splitText(text, false);
  return tokens.length > 0 && tokens.every(comesToText);
}

function comesToText(token: any): boolean {
  return token[FIXED] === true || (token instanceof TFExpression && token.resolve === TFExpression.prototype.resolve);
}

/** A token as it resolves: an expression. One that comes to a list or an object is written as JavaScript does it. */
function renderToken(context: IResolveContext, token: IResolvable, resolved: any): any {
  const isData = typeof resolved === "object" && resolved !== null && !isResolvable(resolved);
  if (isData && mends("objectToken", "an expression")) {
    return renderOperand(context, dataOf(context, token, resolved));
  }
  return isMended("lostNull") ? (resolved ?? "null") : resolved;
}

/** The list or object that a token came to. References in it have become text by now, unless that is mended. */
function dataOf(context: IResolveContext, token: IResolvable, resolved: any): any {
  const data = token.resolve(context);
  return holdsTokens(data) && mends("quotedReference", "an expression") ? data : resolved;
}

function holdsTokens(value: any): boolean {
  if (Token.isUnresolved(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsTokens);
}

/** Items keep the places that they have in the operand, though undefined ones are left out: the last ones are lost so. */
function itemsOf(operand: any, resolved: any[]): any[] {
  const isShifted = Array.isArray(operand) && operand.length !== resolved.length && !Token.isUnresolved(operand);
  if (isShifted && mends("shiftedItems", "an expression")) return operand.filter((item: any) => item !== undefined);
  return resolved.map((_, index) => operand[index]);
}

/** Operands with commas; nothing is written for null, unless that is mended. */
function renderItems(context: IResolveContext, operands: readonly any[]): string {
  const texts = operands.map((operand) => renderOperand(context, operand));
  if (texts.includes(null) || texts.includes(undefined)) mends("lostNull", "an expression");
  return texts.join(", ");
}

/** Values are looked up by their resolved keys: a token as a key loses its value so. */
function renderObject(context: IResolveContext, operand: any, resolved: any): string {
  const isLost = Object.keys(resolved).some((key) => !(key in operand));
  if (isLost && mends("lostKeyValue", "an expression")) {
    const keys = Object.keys(operand).filter((key) => operand[key] !== undefined);
    return `{${keys.map((key) => `(${renderOperand(context, key)}) = ${renderOperand(context, operand[key])}`).join(", ")}}`;
  }
  return `{${Object.keys(resolved).map((key) => `"${key}" = ${renderOperand(context, operand[key])}`).join(", ")}}`;
}

/** Text as HCL: quoted; a token alone as its expression; both together as a quoted template. */
function renderText(context: IResolveContext, text: string, resolved: string): string {
  if (resolved === text) return quoted(escapeLiteral(text));
  if (lookupString(text) !== undefined) return resolved;
  const pieces = splitText(text, false);
  const parts = pieces.mapPieces(
    (literal) => renderLiteral(context, literal),
    (token) => (token instanceof RawString ? token.pasted() : `\${${context.resolve(token)}}`),
  );
  return quoted(parts.join(""));
}

function quoted(written: string): string {
  const isQuoted = written !== '"' && written.startsWith('"') && written.endsWith('"');
  return isQuoted ? written : `"${written}"`;
}

/** Text between tokens. A number token in it comes out as the name of what it refers to, unless that is mended. */
function renderLiteral(context: IResolveContext, text: string): string {
  const resolved = `${context.resolve(text)}`;
  if (resolved === text || !mends("pastedNumber", resolved)) return escapeLiteral(resolved);
  const { suppressBraces, ignoreEscapes } = context;
  context.suppressBraces = false;
  context.ignoreEscapes = true;
  const template = `${context.resolve(escapeLiteral(text))}`;
  context.suppressBraces = suppressBraces;
  context.ignoreEscapes = ignoreEscapes;
  return template;
}

/** Quotes that are not escaped are left so in the original, and text that has quotes around it is taken for HCL. */
function escapeLiteral(text: string): string {
  if (!text.includes('"')) return escapeText(text);
  const isQuoted = text.startsWith('"') && text.endsWith('"');
  const isOpen = OPEN_QUOTE.test(text) && !(isQuoted && !isMended("openQuote"));
  return isOpen && mends("openQuote", text) ? escapeText(text).replace(/(?<!\\)((?:\\\\)*)"/g, '$1\\"') : escapeText(text);
}

/** Text of `for` is pasted as it is. */
function renderLoose(context: IResolveContext, operand: any): any {
  if (typeof operand !== "string") return renderOperand(context, operand);
  const resolved = context.resolve(operand);
  return typeof resolved === "string" ? resolved : renderOperand(context, resolved);
}

function renderTarget(context: IResolveContext, target: any): any {
  const isElement = typeof target === "object" && target !== null && !isResolvable(target) && typeof target.fqn === "string";
  if (isElement) context._mayChange?.();
  return renderOperand(context, isElement ? target.fqn : target);
}

function renderStep(context: IResolveContext, step: any): string {
  if (typeof step === "number" && !Token.isUnresolved(step)) return `.${step}`;
  if (step === "*") return "[*]";
  if (typeof step === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) return `.${step}`;
  return `[${renderOperand(context, step)}]`;
}

function escapeText(text: string): string {
  const lines = text.includes("\n") ? text.replaceAll("\n", "\\n") : text;
  return lines.includes("${") ? lines.replaceAll("${", "$$$${") : lines; // `$$` is one `$` there
}

const NO_STACK: string[] = [];

/**
 * The name of something in Terraform. Programs make these by the hundred, so that one is a few fields: it is a TFExpression by
 * its prototype, without what the constructors of three classes would leave in it.
 */
export class ReferenceToken {
  declare readonly identifier: string;
  /** Where it lives, so that other stacks can reach it. */
  declare readonly stack: TerraformStack | undefined;
  /** Whose attribute it is, where it is one of a resource or data source. */
  declare readonly owner: IConstruct | undefined;
  declare readonly [TEXT]: string; // of token-table.ts

  constructor(identifier: string, stack: TerraformStack | undefined, owner: IConstruct | undefined) {
    this.identifier = identifier;
    this.stack = stack;
    this.owner = owner;
    this[TEXT] = "";
  }

  get creationStack(): string[] {
    return NO_STACK;
  }

  get [FIXED](): boolean {
    return this.resolve === ReferenceToken.prototype.resolve;
  }

  [WRITTEN](context: IResolveContext): string | undefined {
    if (this.resolve !== ReferenceToken.prototype.resolve) return undefined;
    const { identifier, stack } = this;
    const isElsewhere = stack !== undefined && stack !== context.scope;
    const text = (isElsewhere ? crossStackReference(context, stack, identifier, this) : undefined) ?? identifier;
    return host.isPlain(text) ? `\${${text}}` : undefined;
  }

  resolve(context: IResolveContext): any {
    const { identifier, stack } = this;
    const isBare = context.suppressBraces;
    context.suppressBraces = true;
    const text = (stack && crossStackReference(context, stack, identifier, this)) ?? identifier;
    return isBare ? text : `\${${text}}`;
  }
}

Object.setPrototypeOf(ReferenceToken.prototype, TFExpression.prototype);

/** A reference to something that has a name in Terraform; `stack` is where it lives, so that other stacks can reach it. */
export function ref(identifier: string, stack?: TerraformStack): IResolvable {
  return new ReferenceToken(identifier, stack, undefined);
}

/** An expression over a list that is the program's, which may change it: whose list is the library's own makes a TFExpression. */
class OpenExpression extends TFExpression {}

/**
 * A part of a value.
 *
 * @example propertyAccess(list, [0, "name"]) // ${….0.name}
 */
export function propertyAccess(target: Expression, args: Expression[]): IResolvable {
  return new OpenExpression("property", [target, args]);
}

export function call(name: string, args: Expression[]): IResolvable {
  return new OpenExpression("call", [name, args]);
}

export function conditional(condition: Expression, trueValue: Expression, falseValue: Expression): IResolvable {
  return new TFExpression("conditional", [condition, trueValue, falseValue]);
}

/** `input` with each item turned into a value, and, if a key is given, into an object. */
export function forExpression(input: Expression, valueExpression: Expression, keyExpression?: Expression): IResolvable {
  return new TFExpression("for", [input, valueExpression, keyExpression]);
}

/** An operation on one or two values. */
export class OperatorExpression extends TFExpression {
  constructor(operator: Operator, left: Expression, right?: Expression) {
    const isLost = right !== undefined && !right && !mends("lostOperand", `the operator ${operator} with ${right === "" ? '""' : right}`);
    super("operator", [operator, left, right, right === undefined || isLost]);
  }
}

/** Classes whose operands no program can reach. */
const OWN = new Set<unknown>([TFExpression, OperatorExpression]);

/** The key and the value that a `for` expression has in hand. */
export const FOR_EXPRESSION_KEY: IResolvable = ref("key");
export const FOR_EXPRESSION_VALUE: IResolvable = ref("val");

class RawString extends Intrinsic {
  private readonly text: string;

  constructor(text: string) {
    super(text);
    this.text = text;
  }

  get [FIXED](): boolean {
    return true;
  }

  resolve(context: IResolveContext): string {
    const escaped = this.escaped();
    return context.suppressBraces ? `"${escaped}"` : escaped;
  }

  /** What it is within other text: there the original forgets the escapes. */
  pasted(): string {
    return mends("openQuote", this.text) ? this.escaped() : this.text;
  }

  private escaped(): string {
    const isMeant = this.text.includes("\\") && mends("openBackslash", this.text);
    const text = isMeant ? this.text.replaceAll("\\", "\\\\") : this.text;
    return escapeText(text).replaceAll('"', '\\"');
  }

  toString(): string {
    return this.text;
  }
}

/** Text in which nothing is an expression: line ends, quotes and `${` are escaped. */
export function rawString(text: string): IResolvable {
  return new RawString(text);
}

/** A value as it is inside an expression, where it is one. */
export function insideTfExpression(value: any): any {
  return value;
}

class DependableReference extends Intrinsic {
  private readonly dependable: ITerraformDependable;

  constructor(dependable: ITerraformDependable) {
    super(undefined);
    this.dependable = dependable;
  }

  resolve(context: IResolveContext): any {
    context.suppressBraces = true;
    return context.resolve(this.dependable.fqn);
  }
}

/**
 * An attribute of a resource, data source or module. With `forEach` there are several, in a map; the original takes it for a list, which
 * passes validation and fails when Terraform plans.
 */
export function attributeOf(address: string, attribute: string, isForEach: boolean, stack: TerraformStack, owner?: IConstruct): IResolvable {
  if (!isForEach) return new ReferenceToken(address + "." + attribute, stack, owner);
  const all = mends("splatOfMap", address) ? `values(${address})[*].${attribute}` : `${address}.*.${attribute}`;
  return new ReferenceToken(all, stack, owner);
}

/** The address of something, bare, as `depends_on` wants it. */
export function dependable(dependable: ITerraformDependable): string {
  return Token.asString(new DependableReference(dependable));
}

/** Of classes of this library's own tokens, in the order in which the host takes them (beginPass). */
export const OWN_TOKENS: readonly object[] = [ReferenceToken.prototype, TFExpression.prototype, OpenExpression.prototype, DependableReference.prototype];

// SPDX-License-Identifier: Apache-2.0
// Terraform expressions as tokens: references, property access, function calls, operators, conditions, `for`. An expression
// is data, a kind and its operands; RENDER says how each kind is written. Where the original writes what Terraform rejects
// (a falsy right operand, a null argument), so does this.

import { Intrinsic, Token } from "./tokens.ts";
import { isResolvable } from "./resolve.ts";
import { splitText } from "./token-table.ts";
import type { IResolvable, IResolveContext } from "./resolvable.ts";
import { crossStackReference } from "./cross-stack.ts";
import type { TerraformStack } from "./stack.ts";
import type { ITerraformDependable } from "./addressable.ts";

/** Whatever may stand in an expression. */
export type Expression = any;

export type Operator = "!" | "-" | "*" | "/" | "%" | "+" | ">" | ">=" | "<" | "<=" | "==" | "!=" | "&&" | "||";

type ExpressionKind = "reference" | "property" | "call" | "conditional" | "operator" | "for";

/** A token that Terraform evaluates. Inside another expression it is written bare, elsewhere in `${` and `}`. */
export class TFExpression extends Intrinsic implements IResolvable {
  readonly kind: ExpressionKind;
  readonly operands: readonly any[];

  constructor(kind: ExpressionKind, operands: readonly any[]) {
    super(operands);
    this.kind = kind;
    this.operands = operands;
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
  reference: (context, [identifier, stack]) => (stack && crossStackReference(context, stack, identifier)) ?? identifier,
  property: (context, [target, steps]) =>
    `${renderTarget(context, target)}${steps.map((step: any) => renderStep(context, step)).join("")}`,
  call: (context, [name, args]) => {
    context.ignoreEscapes = true;
    context.warnEscapes = true;
    return `${name}(${args.map((arg: any) => renderOperand(context, arg)).join(", ")})`;
  },
  conditional: (context, [condition, yes, no]) =>
    `${renderOperand(context, condition)} ? ${renderOperand(context, yes)} : ${renderOperand(context, no)}`,
  operator: (context, [operator, left, right]) => {
    const first = renderOperand(context, left);
    if (operator === "!" || (operator === "-" && !right)) return `${operator}${first}`;
    return `(${first} ${operator} ${right ? renderOperand(context, right) : undefined})`;
  },
  for: (context, [input, value, key]) => {
    const list = renderOperand(context, input);
    context.iteratorContext = "FOR_EXPRESSION";
    const each = renderLoose(context, value);
    if (!key) return `[ for key, val in ${list}: ${each}]`;
    return `{ for key, val in ${list}: ${renderLoose(context, key)} => ${each} }`;
  },
};

/** One operand as HCL: text in quotes, lists and objects in HCL's form, tokens as they resolve. */
export function renderOperand(context: IResolveContext, operand: any): any {
  const resolved = context.resolve(operand);
  if (isResolvable(operand)) return resolved;
  if (typeof operand === "string") return renderText(context, operand, resolved);
  if (Array.isArray(resolved)) {
    return `[${resolved.map((_, i) => renderOperand(context, operand[i])).join(", ")}]`;
  }
  if (typeof resolved === "object" && resolved !== null) {
    const pairs = Object.keys(resolved).map((key) => `"${key}" = ${renderOperand(context, operand[key])}`);
    return `{${pairs.join(", ")}}`;
  }
  return resolved;
}

/** Text as HCL: quoted; a token alone as its expression; both together as a quoted template. */
function renderText(context: IResolveContext, text: string, resolved: any): any {
  const pieces = splitText(text, false);
  if (pieces.tokens.length === 0) {
    const isQuoted = resolved !== '"' && resolved.startsWith('"') && resolved.endsWith('"');
    return isQuoted ? escapeText(resolved) : `"${escapeText(resolved)}"`;
  }
  if (pieces.length === 1) return resolved;
  const parts = pieces.mapPieces(
    (literal) => escapeText(context.resolve(literal)),
    (token) => `\${${context.resolve(token)}}`,
  );
  return `"${parts.join("")}"`;
}

/** Text of `for` is pasted as it is. */
function renderLoose(context: IResolveContext, operand: any): any {
  return typeof operand === "string" ? context.resolve(operand) : renderOperand(context, operand);
}

function renderTarget(context: IResolveContext, target: any): any {
  const isElement = typeof target === "object" && target !== null && !isResolvable(target) && typeof target.fqn === "string";
  return renderOperand(context, isElement ? target.fqn : target);
}

function renderStep(context: IResolveContext, step: any): string {
  if (typeof step === "number" && !Token.isUnresolved(step)) return `.${step}`;
  if (step === "*") return "[*]";
  if (typeof step === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) return `.${step}`;
  return `[${renderOperand(context, step)}]`;
}

function escapeText(text: string): string {
  return text.replaceAll("\n", "\\n").replaceAll("${", "$${");
}

/** A reference to something that has a name in Terraform; `stack` is where it lives, so that other stacks can reach it. */
export function ref(identifier: string, stack?: TerraformStack): IResolvable {
  return new TFExpression("reference", [identifier, stack]);
}

/**
 * A part of a value.
 *
 * @example propertyAccess(list, [0, "name"]) // ${….0.name}
 */
export function propertyAccess(target: Expression, args: Expression[]): IResolvable {
  return new TFExpression("property", [target, args]);
}

export function call(name: string, args: Expression[]): IResolvable {
  return new TFExpression("call", [name, args]);
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
    super("operator", [operator, left, right]);
  }
}

/** The key and the value that a `for` expression has in hand. */
export const FOR_EXPRESSION_KEY: IResolvable = ref("key");
export const FOR_EXPRESSION_VALUE: IResolvable = ref("val");

class RawString extends Intrinsic {
  private readonly text: string;

  constructor(text: string) {
    super(text);
    this.text = text;
  }

  resolve(context: IResolveContext): string {
    const escaped = escapeText(this.text).replaceAll('"', '\\"');
    return context.suppressBraces ? `"${escaped}"` : escaped;
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

/** The address of something, bare, as `depends_on` wants it. */
export function dependable(dependable: ITerraformDependable): string {
  return Token.asString(new DependableReference(dependable));
}

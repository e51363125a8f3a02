// SPDX-License-Identifier: Apache-2.0
// Terraform's operators as static methods of `Op`.

import { OperatorExpression } from "./expression.ts";
import type { Expression } from "./expression.ts";
import type { IResolvable } from "./resolvable.ts";
import { Token } from "./tokens.ts";

/**
 * Operators that Terraform evaluates. Arithmetic gives number tokens, comparison and logic truth values.
 * @example new SqsQueue(this, "queue", { delaySeconds: Op.add(base.numberValue, 10) });
 */
export class Op {
  /** `!expression` */
  static not(expression: Expression): IResolvable {
    return new OperatorExpression("!", expression);
  }

  /** `-expression` */
  static negate(expression: Expression): number {
    return Token.asNumber(new OperatorExpression("-", expression));
  }

  /** `left * right` */
  static mul(left: Expression, right: Expression): number {
    return Token.asNumber(new OperatorExpression("*", left, right));
  }

  /** `left / right` */
  static div(left: Expression, right: Expression): number {
    return Token.asNumber(new OperatorExpression("/", left, right));
  }

  /** `left % right`: the rest of the division */
  static mod(left: Expression, right: Expression): number {
    return Token.asNumber(new OperatorExpression("%", left, right));
  }

  /** `left + right` */
  static add(left: Expression, right: Expression): number {
    return Token.asNumber(new OperatorExpression("+", left, right));
  }

  /** `left - right` */
  static sub(left: Expression, right: Expression): number {
    return Token.asNumber(new OperatorExpression("-", left, right));
  }

  /** `left > right` */
  static gt(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression(">", left, right);
  }

  /** `left >= right` */
  static gte(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression(">=", left, right);
  }

  /** `left < right` */
  static lt(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression("<", left, right);
  }

  /** `left <= right` */
  static lte(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression("<=", left, right);
  }

  /** `left == right` */
  static eq(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression("==", left, right);
  }

  /** `left != right` */
  static neq(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression("!=", left, right);
  }

  /** `left && right` */
  static and(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression("&&", left, right);
  }

  /** `left || right` */
  static or(left: Expression, right: Expression): IResolvable {
    return new OperatorExpression("||", left, right);
  }
}

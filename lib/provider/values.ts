// SPDX-License-Identifier: Apache-2.0
// From what a program gives to what Terraform gets: properties renamed by the shape, what it doesn't know left out.

import { hashMapper, isComplexElement, listMapper } from "../cdktf/runtime.ts";
import { TerraformDynamicBlock, TerraformDynamicExpression } from "../cdktf/dynamic.ts";
import { isResolvable } from "../cdktf/resolve.ts";
import { innerShape } from "./shape.ts";
import type { Member, Shape } from "./shape.ts";

const identity = (value: any): any => value;
const mapAnyValues = hashMapper(identity);

/** A copy of a map; what is none stays. */
function mapValues(value: any): any {
  const isLiteral = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isLiteral && !isResolvable(value) ? { ...value } : mapAnyValues(value);
}

/** One object. */
export function structToTerraform(shape: Shape, value: any): any {
  if (value === undefined || value === null || isResolvable(value)) return value;
  if (isComplexElement(value)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const block: { [name: string]: any } = {};
  for (const member of shape.settable) {
    const given = value[member.property];
    if (given !== undefined) block[member.name] = memberToTerraform(member, given);
    else if (shape.isComplete) block[member.name] = null;
  }
  return block;
}

/** The value of one property. */
export function memberToTerraform(member: Member, value: any): any {
  const shape = innerShape(member);
  if (shape === undefined) {
    if (member.access.endsWith("Map")) return mapValues(value);
    // Where a block is written as it is given, repeated content can stand too.
    return member.isBlock ? blockOf(value) : value;
  }
  const item = (given: any): any => structToTerraform(shape, given);
  if (member.holding === "list") return listMapper(item, member.isBlock)(value);
  return member.holding === "map" ? hashMapper(item)(value) : item(value);
}

function blockOf(value: any): any {
  return TerraformDynamicExpression.isTerraformDynamicExpression(value) ? TerraformDynamicBlock.fromDynamicExpression(value) : value;
}

/**
 * What remains of one object that is given where a block stands once: properties that the shape knows. What has others only is
 * as if nothing had been given, and a list is that too.
 */
export function knownPart(member: Member, value: any): any {
  if (member.holding !== "object" || value === undefined) return value;
  if (!member.isItem && isResolvable(value)) return value;
  const known: { [property: string]: any } = {};
  let isGiven = Object.keys(value).length === 0;
  for (const inner of (innerShape(member) as Shape).settable) {
    const part = knownPart(inner, value[inner.property]);
    if (part === undefined) continue;
    known[inner.property] = part;
    isGiven = true;
  }
  return isGiven ? known : undefined;
}

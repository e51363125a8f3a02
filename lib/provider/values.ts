// SPDX-License-Identifier: Apache-2.0
// From what a program gives to what Terraform gets: properties renamed by the shape, what it doesn't know left out.

import { hashMapper, isComplexElement } from "../cdktf/runtime.ts";
import { TerraformDynamicBlock, TerraformDynamicExpression } from "../cdktf/dynamic.ts";
import { isResolvable } from "../cdktf/resolve.ts";
import { innerShape } from "./shape.ts";
import type { Member, Shape } from "./shape.ts";

const { isArray } = Array; // globals are searched for at each use
const { keys } = Object;

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
  const { settable, isComplete } = shape;
  for (let i = 0; i < settable.length; i++) {
    const { property, name } = settable[i];
    const given = value[property];
    if (given !== undefined) block[name] = memberToTerraform(settable[i], given);
    else if (isComplete) block[name] = null;
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
  if (member.holding === "list") return itemsToTerraform(shape, member.isBlock ? blockOf(value) : value);
  return member.holding === "map" ? hashMapper((given) => structToTerraform(shape, given))(value) : structToTerraform(shape, value);
}

function itemsToTerraform(shape: Shape, list: any): any {
  if (!isArray(list)) return list;
  const items: any[] = [];
  for (let i = 0; i < list.length; i++) items[i] = structToTerraform(shape, list[i]);
  return items;
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
  const { settable } = innerShape(member) as Shape;
  let isGiven = keys(value).length === 0;
  for (let i = 0; i < settable.length; i++) {
    const { property, holding } = settable[i];
    const given = value[property];
    const part = holding === "object" && given !== undefined ? knownPart(settable[i], given) : given;
    if (part === undefined) continue;
    known[property] = part;
    isGiven = true;
  }
  return isGiven ? known : undefined;
}

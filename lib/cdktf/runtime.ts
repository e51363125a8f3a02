// SPDX-License-Identifier: Apache-2.0
// How values of a program become values of a block. Generated bindings call these by name; lib/provider uses them too.

import { TerraformDynamicBlock, TerraformDynamicExpression } from "./dynamic.ts";
import { isResolvable } from "./resolve.ts";

export type Mapper = (value: any) => any;

/** Scalars are taken as they are, whatever their type. */
export const anyToTerraform: Mapper = (value) => value;
export const stringToTerraform: Mapper = anyToTerraform;
export const numberToTerraform: Mapper = anyToTerraform;
export const booleanToTerraform: Mapper = anyToTerraform;
export const stringToHclTerraform: Mapper = anyToTerraform;
export const numberToHclTerraform: Mapper = anyToTerraform;
export const booleanToHclTerraform: Mapper = anyToTerraform;
export const anyToHclTerraform: Mapper = anyToTerraform;

/** True for everything but null and undefined. */
export function canInspect(value: any): boolean {
  return value !== null && value !== undefined;
}

/** True for a reference into a structured attribute, which can't stand for the values of a block. */
export function isComplexElement(value: any): boolean {
  return typeof value === "object" && value !== null && "withinArray" in value && "interpolationAsList" in value;
}

/** A list, item by item. A dynamic expression becomes a dynamic block where a block stands. */
export function listMapper(elementMapper: Mapper, isBlockType?: boolean): Mapper {
  return (value) => {
    if (isBlockType && TerraformDynamicExpression.isTerraformDynamicExpression(value)) {
      return TerraformDynamicBlock.fromDynamicExpression(value);
    }
    return Array.isArray(value) ? value.map(elementMapper) : value;
  };
}

/** A map, value by value; keys are the author's. */
export function hashMapper(elementMapper: Mapper): Mapper {
  return (value) => {
    // Text is a token, mostly.
    if (!canInspect(value) || typeof value === "string" || isResolvable(value)) return value;
    const mapped: { [key: string]: any } = {};
    for (const key of Object.keys(value)) mapped[key] = elementMapper(value[key]);
    return mapped;
  };
}

export const listMapperHcl = listMapper;
export const hashMapperHcl = hashMapper;

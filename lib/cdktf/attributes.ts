// SPDX-License-Identifier: Apache-2.0
// Access to attributes as tokens of the right type: what resources, data sources and their nested objects share.

import type { IInterpolatingParent } from "./addressable.ts";
import type { IResolvable } from "./resolvable.ts";
import { registerReference, TEXT } from "./token-table.ts";
import { Token } from "./tokens.ts";

/** The getters that generated classes are made of; each takes the attribute's name in Terraform. */
export interface AttributeGetters extends IInterpolatingParent {
  getStringAttribute(terraformAttribute: string): string;
  getNumberAttribute(terraformAttribute: string): number;
  getListAttribute(terraformAttribute: string): string[];
  getBooleanAttribute(terraformAttribute: string): IResolvable;
  getNumberListAttribute(terraformAttribute: string): number[];
  getStringMapAttribute(terraformAttribute: string): { [key: string]: string };
  getNumberMapAttribute(terraformAttribute: string): { [key: string]: number };
  getBooleanMapAttribute(terraformAttribute: string): { [key: string]: boolean };
  getAnyMapAttribute(terraformAttribute: string): { [key: string]: any };
}

const getters: AttributeGetters & ThisType<IInterpolatingParent> = {
  interpolationForAttribute: undefined as never, // each class has its own
  getStringAttribute(name) {
    const token: any = this.interpolationForAttribute(name);
    return token[TEXT] === "" ? registerReference(token) : Token.asString(token); // a new reference, nearly always
  },
  getNumberAttribute(name) {
    return Token.asNumber(this.interpolationForAttribute(name));
  },
  getListAttribute(name) {
    return Token.asList(this.interpolationForAttribute(name));
  },
  getBooleanAttribute(name) {
    return this.interpolationForAttribute(name);
  },
  getNumberListAttribute(name) {
    return Token.asNumberList(this.interpolationForAttribute(name));
  },
  getStringMapAttribute(name) {
    return Token.asStringMap(this.interpolationForAttribute(name));
  },
  getNumberMapAttribute(name) {
    return Token.asNumberMap(this.interpolationForAttribute(name));
  },
  getBooleanMapAttribute(name) {
    return Token.asBooleanMap(this.interpolationForAttribute(name));
  },
  getAnyMapAttribute(name) {
    return Token.asAnyMap(this.interpolationForAttribute(name));
  },
};

/** Gives a class the getters. */
export function addAttributeGetters(prototype: IInterpolatingParent): void {
  for (const [name, value] of Object.entries(getters)) {
    if (name !== "interpolationForAttribute") Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}

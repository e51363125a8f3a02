// SPDX-License-Identifier: Apache-2.0
// Terraform's type constraints as text, for variables.

import { mends } from "./defects.ts";

/**
 * Types of variables.
 * @example new TerraformVariable(this, "ports", { type: VariableType.list(VariableType.NUMBER) });
 */
export abstract class VariableType {
  static readonly STRING = "string";
  static readonly NUMBER = "number";
  static readonly BOOL = "bool";
  static readonly ANY = "any";
  static readonly LIST = "list";
  static readonly MAP = "map";
  static readonly SET = "set";
  static readonly LIST_STRING = "list(string)";
  static readonly LIST_NUMBER = "list(number)";
  static readonly LIST_BOOL = "list(bool)";
  static readonly MAP_STRING = "map(string)";
  static readonly MAP_NUMBER = "map(number)";
  static readonly MAP_BOOL = "map(bool)";
  static readonly SET_STRING = "set(string)";
  static readonly SET_NUMBER = "set(number)";
  static readonly SET_BOOL = "set(bool)";

  static list(type: string): string {
    return `list(${type})`;
  }

  static map(type: string): string {
    return `map(${type})`;
  }

  static set(type: string): string {
    return `set(${type})`;
  }

  /** A list of fixed length with a type for each place. */
  static tuple(...elements: string[]): string {
    const types = elements.join(", ");
    return mends("bareTuple", `tuple(${types})`) ? `tuple([${types}])` : `tuple(${types})`;
  }

  /** An object with a type for each attribute. */
  static object(attributes: { [key: string]: string }): string {
    const fields = Object.entries(attributes).map(([name, type]) => `${name}=${type}`);
    return `object({${fields.join(", ")}})`;
  }
}

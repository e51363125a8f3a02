// SPDX-License-Identifier: Apache-2.0
// Names of properties, made of Terraform's by the host (src/catalog/names.h). A program that compiled against published
// bindings finds the same names here.

import * as host from "weir:host";

/** `delay_seconds` as `delaySeconds`. */
export function propertyName(attribute: string): string {
  return host.property(attribute);
}

/** The attribute that a property most likely is of, where there is no schema. */
export function attributeName(property: string): string {
  return host.attribute(property);
}

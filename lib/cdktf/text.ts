// SPDX-License-Identifier: Apache-2.0
// The form of what is written: JSON text, and names between the program's spelling and Terraform's.

import * as host from "weir:host";
import { isResolvable } from "./resolve.ts";

/** JSON text with sorted keys and two spaces a level, without a newline at its end; empty lists and objects take two lines. */
export function toJson(value: any): string {
  const document = host.openDocument();
  host.take(document, value);
  return host.closeDocument(document);
}

const spellings = new Map<string, string>(); // names that were spelled already: they are few, and come for each element

/** `maxItems` as `max_items`; characters other than letters and digits become `_`, and go at both ends. */
export function snakeCase(name: string): string {
  let spelled = spellings.get(name);
  if (spelled === undefined) spellings.set(name, (spelled = spell(name)));
  return spelled;
}

function spell(name: string): string {
  return name
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
}

/** A value with every key in Terraform's spelling, except below `tags` and `environment`, whose keys are the author's. */
export function keysToSnakeCase(value: any): any {
  if (typeof value !== "object" || value === null || isResolvable(value)) return value;
  if (Array.isArray(value)) return value.map(keysToSnakeCase);
  const renamed: { [key: string]: any } = {};
  for (const [key, inner] of Object.entries(value)) {
    const isAuthors = key === "tags" || key === "environment";
    renamed[snakeCase(key)] = isAuthors ? inner : keysToSnakeCase(inner);
  }
  return renamed;
}

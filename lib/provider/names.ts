// SPDX-License-Identifier: Apache-2.0
// Names of properties and of nested classes, made of Terraform's. A program that compiled against published bindings finds
// the same names here. What a provider's modules and their classes are called the host tells (src/catalog/names.h).

// Names that classes of other languages need for themselves.
export const RENAMED: { [attribute: string]: string } = {
  build: "buildAttribute",
  equals: "equalTo",
  self: "selfAttribute",
  software: "softwareAttribute",
  system: "systemAttribute",
};

const properties = new Map(Object.entries(RENAMED)); // of names that were asked for: types share many

/** `delay_seconds` as `delaySeconds`; a letter behind a digit is a capital too. */
export function propertyName(attribute: string): string {
  let property = properties.get(attribute);
  if (property === undefined) properties.set(attribute, (property = spelledProperty(attribute)));
  return property;
}

function spelledProperty(attribute: string): string {
  const spelled = attribute.startsWith("get_") ? attribute.replace("get_", "fetch_") : attribute;
  const pascal = pascalCase(spelled);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `s3_bucket` as `S3Bucket`, `s3control_bucket` as `S3ControlBucket`. */
export function pascalCase(name: string): string {
  return name.replace(/(^|[^A-Za-z0-9]+|(?<=\d))([a-z]?)/g, (_, _separator, letter) => letter.toUpperCase());
}

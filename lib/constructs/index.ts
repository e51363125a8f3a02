// SPDX-License-Identifier: Apache-2.0
// The module `constructs`.

export { Construct, ConstructOrder, Node, RootConstruct } from "./construct.ts";
export type { IConstruct, IValidation, MetadataOptions } from "./construct.ts";
export { Dependable, DependencyGroup } from "./dependency.ts";
export type { IDependable } from "./dependency.ts";
export type { MetadataEntry } from "./metadata.ts";

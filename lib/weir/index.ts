// SPDX-License-Identifier: Apache-2.0
// The module `weir`: the interface of cdktf with every defect of defects.ts mended.

export * from "../cdktf/index.ts";
export { Unchecked } from "../cdktf/unchecked.ts";

// SPDX-License-Identifier: Apache-2.0
// The module `weir`: the interface of cdktf with every defect of defects.ts mended.

import { chooseFlavour } from "../cdktf/defects.ts";

chooseFlavour("weir");

export * from "../cdktf/index.ts";
export { Unchecked } from "../cdktf/unchecked.ts";

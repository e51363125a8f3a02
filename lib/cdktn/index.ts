// SPDX-License-Identifier: Apache-2.0
// The module `cdktn`: cdktf with the repairs of cdktn 0.24. It is the same code, with another choice in defects.ts.

import { chooseFlavour } from "../cdktf/defects.ts";

chooseFlavour("cdktn");

export * from "../cdktf/index.ts";

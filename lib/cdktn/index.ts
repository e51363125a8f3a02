// SPDX-License-Identifier: Apache-2.0
// The module `cdktn`: cdktf with the repairs of cdktn 0.24. It is the same code, with another choice in defects.ts.

export * from "../cdktf/index.ts";

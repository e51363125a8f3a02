// SPDX-License-Identifier: Apache-2.0
// What weir calls behind the author's program, when it has ended without an error.

import { reportForgottenApps } from "./cdktf/app.ts";
import { reportGroups } from "./provider/groups.ts";

export function finish(): void {
  reportGroups();
  reportForgottenApps();
}

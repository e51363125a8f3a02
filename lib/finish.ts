// SPDX-License-Identifier: Apache-2.0
// What weir calls behind the author's program, when it has ended without an error.

import * as host from "weir:host";
import { reportForgottenApps } from "./cdktf/app.ts";
import { hasNumberTokens } from "./cdktf/token-table.ts";
import { reportGroups } from "./provider/groups.ts";

export function finish(): void {
  reportGroups();
  reportForgottenApps();
  if (hasNumberTokens()) host.suspect();
}

// SPDX-License-Identifier: Apache-2.0
// What is run behind the author's program, when it has ended without an error.

import { reportForgottenApps } from "./cdktf/app.ts";

reportForgottenApps();

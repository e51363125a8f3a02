// SPDX-License-Identifier: Apache-2.0
// Node's https: packages load it; no request is made.

import { refuseAll } from "./refused.ts";

const all = refuseAll("https", ["Agent", "createServer", "get", "request"]);
export const { Agent, createServer, get, request } = all;
export default all;

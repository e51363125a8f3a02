// SPDX-License-Identifier: Apache-2.0
// Node's child_process: no program is started.

import { refuseAll } from "./refused.ts";

const all = refuseAll("child_process", ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"]);
export const { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } = all;
export default all;

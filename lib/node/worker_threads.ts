// SPDX-License-Identifier: Apache-2.0
// Node's worker_threads: there is one thread.

import { refuseAll } from "./refused.ts";

export const isMainThread = true;
export const parentPort = null;
export const threadId = 0;
export const workerData = null;
export const { Worker, MessageChannel } = refuseAll("worker_threads", ["Worker", "MessageChannel"]);
export default { isMainThread, parentPort, threadId, workerData, Worker, MessageChannel };

// SPDX-License-Identifier: Apache-2.0
// Node's tty: nobody watches.

import { refuseAll } from "./refused.ts";

export const isatty = (): boolean => false;
export const { ReadStream, WriteStream } = refuseAll("tty", ["ReadStream", "WriteStream"]);
export default { isatty, ReadStream, WriteStream };

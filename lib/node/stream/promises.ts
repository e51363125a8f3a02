// SPDX-License-Identifier: Apache-2.0
// Node's stream/promises.

import { promises } from "../stream.ts";

export const { finished, pipeline } = promises;
export default promises;

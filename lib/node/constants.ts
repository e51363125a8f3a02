// SPDX-License-Identifier: Apache-2.0
// Node's constants: those of fs and os in one.

import { constants as ofFiles } from "./fs.ts";
import { constants as ofSystem } from "./os.ts";

export default { ...ofFiles, ...ofSystem.signals };

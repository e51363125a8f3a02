// SPDX-License-Identifier: Apache-2.0
// The module `weir/unchecked`: for programs that import cdktf or cdktn, which have no such thing; it leaves their flavour alone.

export { Unchecked } from "../cdktf/unchecked.ts";

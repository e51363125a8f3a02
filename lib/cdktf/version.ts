// SPDX-License-Identifier: Apache-2.0

/** The version of the library whose output this one writes; it stands in each file. */
export const VERSION = "0.21.0";

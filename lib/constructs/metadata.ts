// SPDX-License-Identifier: Apache-2.0
// What a construct's metadata consists of.

/** One entry. */
export interface MetadataEntry {
  readonly type: string;
  readonly data: any;
  /** Where it was added, innermost frame first; there if asked for. */
  readonly trace?: string[];
}

// SPDX-License-Identifier: Apache-2.0
// Node's zlib: packages load it; what it makes would depend on its version.

import { refuseAll } from "./refused.ts";

const all = refuseAll("zlib", [
  "createDeflate",
  "createGunzip",
  "createGzip",
  "createInflate",
  "deflateRawSync",
  "deflateSync",
  "gunzipSync",
  "gzip",
  "gzipSync",
  "inflateSync",
]);
export const {
  createDeflate,
  createGunzip,
  createGzip,
  createInflate,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzip,
  gzipSync,
  inflateSync,
} = all;
export const constants = {};
export default { ...all, constants };

// SPDX-License-Identifier: Apache-2.0
// Node's fs/promises.

import { promises } from "../fs.ts";

export const {
  access,
  appendFile,
  chmod,
  constants,
  copyFile,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  utimes,
  writeFile,
} = promises;
export default promises;

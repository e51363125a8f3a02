// SPDX-License-Identifier: Apache-2.0
// Node's os: of a machine that is the same everywhere.

import { impureAnswer } from "./refused.ts";

const HOME = "/nonexistent";

export const EOL = "\n";
export const devNull = "/dev/null";
export const constants = { signals: { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }, errno: {}, priority: {} };

export const arch = (): string => "x64";
export const availableParallelism = impureAnswer("os.availableParallelism", 1);
export const cpus = impureAnswer("os.cpus", []);
export const endianness = (): string => "LE";
export const freemem = impureAnswer("os.freemem", 0, "clock");
export const homedir = impureAnswer("os.homedir", HOME);
export const hostname = impureAnswer("os.hostname", "localhost");
export const loadavg = impureAnswer("os.loadavg", [0, 0, 0], "clock");
export const machine = (): string => "x86_64";
export const networkInterfaces = impureAnswer("os.networkInterfaces", {});
export const platform = (): string => "linux";
export const release = impureAnswer("os.release", "0.0.0");
export const tmpdir = impureAnswer("os.tmpdir", "/tmp");
export const totalmem = impureAnswer("os.totalmem", 0);
export const type = (): string => "Linux";
export const uptime = impureAnswer("os.uptime", 0, "clock");
export const userInfo = impureAnswer("os.userInfo", { uid: 1000, gid: 1000, username: "weir", homedir: HOME, shell: "/bin/sh" });
export const version = impureAnswer("os.version", "");

export default {
  EOL,
  devNull,
  constants,
  arch,
  availableParallelism,
  cpus,
  endianness,
  freemem,
  homedir,
  hostname,
  loadavg,
  machine,
  networkInterfaces,
  platform,
  release,
  tmpdir,
  totalmem,
  type,
  uptime,
  userInfo,
  version,
};

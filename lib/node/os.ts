// SPDX-License-Identifier: Apache-2.0
// Node's os: of a machine that is the same everywhere.

export const EOL = "\n";
export const devNull = "/dev/null";
export const constants = { signals: { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }, errno: {}, priority: {} };

export const arch = (): string => "x64";
export const availableParallelism = (): number => 1;
export const cpus = (): any[] => [];
export const endianness = (): string => "LE";
export const freemem = (): number => 0;
export const homedir = (): string => "/nonexistent";
export const hostname = (): string => "localhost";
export const loadavg = (): number[] => [0, 0, 0];
export const machine = (): string => "x86_64";
export const networkInterfaces = (): object => ({});
export const platform = (): string => "linux";
export const release = (): string => "0.0.0";
export const tmpdir = (): string => "/tmp";
export const totalmem = (): number => 0;
export const type = (): string => "Linux";
export const uptime = (): number => 0;
export const userInfo = (): object => ({ uid: 1000, gid: 1000, username: "weir", homedir: homedir(), shell: "/bin/sh" });
export const version = (): string => "";

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

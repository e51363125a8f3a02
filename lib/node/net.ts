// SPDX-License-Identifier: Apache-2.0
// Node's net: what an address looks like, and no network.

import { refuseAll } from "./refused.ts";

export function isIPv4(text: unknown): boolean {
  return /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(String(text));
}

export function isIPv6(text: unknown): boolean {
  const [address, zone] = String(text).split(/%(.*)/s);
  if (zone !== undefined && !/^[0-9a-zA-Z-.:]+$/.test(zone)) {
    return false;
  }
  const tail = address.slice(address.lastIndexOf(":") + 1);
  const whole = tail.includes(".") && isIPv4(tail) ? `${address.slice(0, address.length - tail.length)}0:0` : address;
  const halves = whole.split("::");
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  return (
    halves.length <= 2 &&
    (halves.length === 2 ? count <= 7 : count === 8) &&
    groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
  );
}

export function isIP(text: unknown): number {
  return isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
}

const refused = refuseAll("net", ["connect", "createConnection", "createServer", "Server", "Socket"]);
export const { connect, createConnection, createServer, Server, Socket } = refused;
export default { isIP, isIPv4, isIPv6, ...refused };

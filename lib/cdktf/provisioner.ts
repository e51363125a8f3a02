// SPDX-License-Identifier: Apache-2.0
// Provisioners and connections, as their configuration says them, and the resource that they belong to.

import { ref } from "./expression.ts";
import type { IResolvable } from "./resolvable.ts";
import { snakeCase } from "./text.ts";
import { Token } from "./tokens.ts";

/** How to reach the machine by SSH. */
export interface SSHProvisionerConnection {
  readonly type: "ssh";
  readonly host: string;
  /** @default root */
  readonly user?: string;
  readonly password?: string;
  /** @default 22 */
  readonly port?: number;
  /** How long to wait, such as `30s`. @default 5m */
  readonly timeout?: string;
  readonly scriptPath?: string;
  readonly privateKey?: string;
  readonly certificate?: string;
  /** Text, as the original has it: `"false"` turns the agent off. */
  readonly agent?: string;
  readonly agentIdentity?: string;
  readonly hostKey?: string;
  /** @default unix */
  readonly targetPlatform?: "unix" | "windows";
  readonly bastionHost?: string;
  readonly bastionHostKey?: string;
  readonly bastionPort?: number;
  readonly bastionUser?: string;
  readonly bastionPassword?: string;
  readonly bastionPrivateKey?: string;
  readonly bastionCertificate?: string;
  readonly proxyScheme?: "http" | "https";
  readonly proxyHost?: string;
  readonly proxyPort?: number;
  readonly proxyUserName?: string;
  readonly proxyUserPassword?: string;
}

/** How to reach the machine by WinRM. */
export interface WinrmProvisionerConnection {
  readonly type: "winrm";
  readonly host: string;
  readonly user?: string;
  readonly password?: string;
  readonly port?: number;
  /** @default 5m */
  readonly timeout?: string;
  readonly scriptPath?: string;
  readonly https?: boolean;
  readonly insecure?: boolean;
  readonly useNtlm?: boolean;
  readonly cacert?: string;
}

type Connection = SSHProvisionerConnection | WinrmProvisionerConnection;

/** Copies files or folders to the machine. */
export interface FileProvisioner {
  readonly type: "file";
  readonly destination: string;
  /** A file or folder here; not together with `content`. */
  readonly source?: string;
  readonly content?: string;
  /** @default that of the resource */
  readonly connection?: Connection;
}

/** Runs a command where Terraform runs. */
export interface LocalExecProvisioner {
  readonly type: "local-exec";
  readonly command: string;
  readonly workingDir?: string;
  /** The program and its first arguments. @default depends on the system */
  readonly interpreter?: string[];
  readonly environment?: { [key: string]: string };
  /** `destroy` for before the resource goes. @default when it was made */
  readonly when?: "destroy";
}

/** Runs commands or scripts on the machine. */
export interface RemoteExecProvisioner {
  readonly type: "remote-exec";
  readonly inline?: string[];
  readonly script?: string;
  readonly scripts?: string[];
  /** @default that of the resource */
  readonly connection?: Connection;
}

/**
 * The resource that a connection or provisioner belongs to: it can't name itself.
 * @example { type: "ssh", host: TerraformSelf.getString("publicIp") }
 */
export class TerraformSelf {
  static getString(key: string): string {
    return Token.asString(TerraformSelf.attribute(key));
  }

  static getNumber(key: string): number {
    return Token.asNumber(TerraformSelf.attribute(key));
  }

  static getAny(key: string): any {
    return TerraformSelf.attribute(key);
  }

  /** Keys are the program's or Terraform's spelling; dots stay. */
  private static attribute(key: string): IResolvable {
    return ref(`self.${snakeCasePath(key)}`);
  }
}

function snakeCasePath(path: string): string {
  return path.split(".").map(snakeCase).join(".");
}

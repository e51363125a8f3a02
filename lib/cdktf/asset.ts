// SPDX-License-Identifier: Apache-2.0
// Files of the author that the configuration needs: they are copied beside it, under a name that holds their hash.

import * as host from "weir:host";
import { Construct } from "../constructs/index.ts";
import { basename, dirname, join } from "./paths.ts";
import { projectFolder } from "./project.ts";
import { TerraformStack } from "./stack.ts";
import { addCustomSynthesis } from "./synthesizer.ts";

/** How a path is taken: as a file, a folder, or a folder packed into one zip file. */
export const AssetType = Object.freeze({ FILE: 0, DIRECTORY: 1, ARCHIVE: 2, 0: "FILE", 1: "DIRECTORY", 2: "ARCHIVE" } as const);
export type AssetType = 0 | 1 | 2;

export interface TerraformAssetConfig {
  /** Absolute, or relative to the folder of the nearest cdktf.json. */
  readonly path: string;
  /** @default a file or a folder, as it is */
  readonly type?: AssetType;
  /** @default the MD5 of its contents, in upper case */
  readonly assetHash?: string;
}

const ARCHIVE_NAME = "archive.zip";
const ASSETS_FOLDER = "assets";

/**
 * A file or folder for Terraform to use.
 * @example
 * const code = new TerraformAsset(this, "code", { path: "handler", type: AssetType.ARCHIVE });
 * new LambdaFunction(this, "fn", { filename: code.path, sourceCodeHash: code.assetHash, … });
 */
export class TerraformAsset extends Construct {
  assetHash: string;
  type: AssetType;
  private readonly stack: TerraformStack;
  private readonly sourcePath: string;

  constructor(scope: Construct, id: string, config: TerraformAssetConfig) {
    super(scope, id);
    this.stack = TerraformStack.of(this);
    this.sourcePath = config.path.startsWith("/") ? config.path : join(baseFolder(this, config.path), config.path);
    const found = host.stat(this.sourcePath);
    if (found === undefined) throw new Error(`The asset ${id} can't be read: no such file or directory '${config.path}'.`);
    this.type = config.type ?? (found.directory ? AssetType.DIRECTORY : AssetType.FILE);
    if (found.directory !== (this.type !== AssetType.FILE))
      throw new Error(`The asset ${id} is a ${AssetType[this.type]}, but its path '${config.path}' is a ${found.directory ? "folder" : "file"}.`);
    this.assetHash = config.assetHash ?? hashOf(this.sourcePath);
    addCustomSynthesis(this, () => this.copy());
  }

  private get folder(): string {
    return join(ASSETS_FOLDER, this.stack.getLogicalId(this.node), this.assetHash);
  }

  /** Where Terraform finds it, relative to the stack's folder. */
  get path(): string {
    return this.type === AssetType.DIRECTORY ? this.folder : join(this.folder, this.fileName);
  }

  /** The last step of the path. */
  get fileName(): string {
    return this.type === AssetType.ARCHIVE ? ARCHIVE_NAME : basename(this.sourcePath);
  }

  private copy(): void {
    const target = join("stacks", this.stack.node.id, this.path);
    if (this.type === AssetType.ARCHIVE) return host.emitArchive(this.sourcePath, target);
    for (const file of filesOf(this.sourcePath)) host.emitCopy(file, target + file.slice(this.sourcePath.length));
  }
}

/** The folder that relative paths start from: that of the nearest cdktf.json, the working directory's or above. */
function baseFolder(construct: Construct, path: string): string {
  const given = construct.node.tryGetContext("cdktfJsonPath");
  if (given) return dirname(given);
  const folder = projectFolder();
  if (folder !== undefined) return folder;
  throw new Error(`The asset path '${path}' is relative, but there is no cdktf.json at or above ${host.cwd()} for it to start from.`);
}

/** All files of a folder, each folder in the order of names; a file is all there is of itself. */
function filesOf(path: string): string[] {
  if (!host.stat(path)?.directory) return [path];
  return host.list(path).flatMap((name) => filesOf(join(path, name)));
}

function contentOf(file: string): Uint8Array {
  const bytes = host.readFile(file);
  if (bytes === undefined) throw new Error(`The asset's file '${file}' can't be read: it is larger than 16 MiB, not readable, or outside of the program's folder. An assetHash of your own saves reading it.`);
  return bytes;
}

/** One hash over the contents of all files, in order; their names don't count. */
function hashOf(path: string): string {
  const contents = filesOf(path).map(contentOf);
  const all = new Uint8Array(contents.reduce((sum, bytes) => sum + bytes.length, 0));
  contents.reduce((at, bytes) => (all.set(bytes, at), at + bytes.length), 0);
  return host.digest("md5", all).toUpperCase();
}

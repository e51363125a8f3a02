// SPDX-License-Identifier: Apache-2.0
// Local modules of a stack, copied beside it as one asset, so that modules which call each other still find each other.

import { Construct } from "../constructs/index.ts";
import { TerraformAsset } from "./asset.ts";
import { join, relative } from "./paths.ts";
import { TerraformStack } from "./stack.ts";

const ID = "__cdktf_module_asset";

/** The one asset of all local modules of a stack. The context `cdktfRelativeModules` lists their paths. */
export class TerraformModuleAsset extends Construct {
  private readonly root: string;
  private readonly asset: TerraformAsset;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const paths = this.node.tryGetContext("cdktfRelativeModules");
    if (!Array.isArray(paths))
      throw new Error(
        "A module with a relative path needs the context cdktfRelativeModules: the paths of all local modules, as in " +
          'new App({ context: { cdktfRelativeModules: ["./modules/vpc"] } }). Or set skipAssetCreationFromLocalModules.',
      );
    this.root = commonFolder(paths);
    this.asset = new TerraformAsset(this, "asset", {
      path: this.root,
      assetHash: this.node.tryGetContext("cdktfStaticModuleAssetHash"),
    });
  }

  static of(construct: Construct): TerraformModuleAsset {
    const stack = TerraformStack.of(construct);
    return (stack.node.tryFindChild(ID) as TerraformModuleAsset | undefined) ?? new TerraformModuleAsset(stack, ID);
  }

  /** Where Terraform finds the module that the author has at `source`. */
  getAssetPathForModule(source: string): string {
    return `./${join(this.asset.path, relative(this.root, source))}`;
  }
}

/** The deepest folder that all paths are in. */
function commonFolder(paths: string[]): string {
  const [first, ...others] = paths.map((path) => join(path).split("/"));
  const length = first.findIndex((step, index) => others.some((other) => other[index] !== step));
  return first.slice(0, length === -1 ? first.length : length).join("/") || ".";
}

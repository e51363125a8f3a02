// SPDX-License-Identifier: Apache-2.0
// Resources: their block, and what of them is imported or moved.

import type { IConstruct } from "../constructs/index.ts";
import { isMended, mends } from "./defects.ts";
import { TerraformElement } from "./element.ts";
import { declareFields } from "./fields.ts";
import type { TerraformProvider } from "./provider.ts";
import { TerraformResourceBase } from "./resource-base.ts";
import type { TerraformResourceConfig } from "./resource-base.ts";
import { keysToSnakeCase } from "./text.ts";

export { lifecycleToTerraform } from "./resource-base.ts";

const RESOURCE = Symbol.for("cdktf/TerraformResource");

/** A move to where `addMoveTarget` names a target. */
export interface TerraformResourceMoveByTarget {
  readonly moveTarget: string;
  readonly index?: string | number;
}

/** A move between two addresses. */
export interface TerraformResourceMoveById {
  readonly to: string;
  readonly from: string;
}

export interface TerraformResourceImport {
  readonly id: string;
  readonly provider?: TerraformProvider;
}

/** A resource. Classes of a provider's types derive from it. */
export class TerraformResource extends TerraformResourceBase {
  static isTerraformResource(value: any): value is TerraformResource {
    return value !== null && typeof value === "object" && RESOURCE in value;
  }

  declare connection?: any;
  declare provisioners?: any[];
  private declare _imported?: TerraformResourceImport;
  private declare _movedByTarget?: TerraformResourceMoveByTarget;
  private declare _movedById?: TerraformResourceMoveById;

  constructor(scope: IConstruct, id: string, config: TerraformResourceConfig) {
    super(scope, id, config.terraformResourceType, config);
    if (config._isBare) return;
    if (config.provisioners !== undefined) this.provisioners = config.provisioners;
    if (config.connection !== undefined) this.connection = config.connection;
  }

  get terraformMetaArguments(): { [name: string]: any } {
    const meta = super.terraformMetaArguments;
    if (this.connection !== undefined) meta.connection = this.connection;
    return meta;
  }

  protected _hasMetaAlone(): boolean {
    return super._hasMetaAlone() && !this.provisioners && this._imported === undefined && this.hasResourceMove() === undefined;
  }

  protected get _block(): { [name: string]: any } {
    const block = super._block;
    if (this.provisioners) {
      block.provisioner = this.provisioners.map(({ type, ...props }) => ({ [type]: keysToSnakeCase(props) }));
    }
    return block;
  }

  toTerraform(): any {
    const move = this._movedByTarget === undefined ? this._movedById : this._moveBlock();
    const fragment: { [key: string]: any } = {};
    if (this._imported !== undefined) {
      fragment.import = [{ provider: this._imported.provider?.fqn, id: this._imported.id, to: this._address }];
    }
    if (move !== undefined) fragment.moved = [move];
    // What moved away has no block of its own any more.
    if (move === undefined || move.to === this._address) {
      fragment.resource = { [this.terraformResourceType]: { [this.friendlyUniqueId]: this._block } };
    }
    return fragment;
  }

  toMetadata(): any {
    const metadata = super.toMetadata();
    if (this._imported !== undefined) metadata.imports = { [this.terraformResourceType]: [this.friendlyUniqueId] };
    if (this._movedByTarget !== undefined || this._movedById !== undefined) metadata.moved = { [this.terraformResourceType]: [this.friendlyUniqueId] };
    return metadata;
  }

  /** The address without braces, as `import` and `moved` want it. */
  private get _address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  /** What `moveTo`, `moveToId` or `moveFromId` asked for. */
  hasResourceMove(): TerraformResourceMoveByTarget | TerraformResourceMoveById | undefined {
    return this._movedByTarget ?? this._movedById;
  }

  private _moveBlock(): TerraformResourceMoveById | undefined {
    if (this._movedByTarget === undefined) return this._movedById;
    const { moveTarget, index } = this._movedByTarget;
    const target = this.cdktfStack.moveTargets.getResourceByTarget(moveTarget);
    if (target.terraformResourceType !== this.terraformResourceType) {
      throw new Error(
        `The move target "${moveTarget}" is of type ${target.terraformResourceType}, and ${this.node.path} of type ${this.terraformResourceType}: a resource can't change its type`,
      );
    }
    return { from: this._address, to: `${target._address}${indexStep(index)}` };
  }

  /** Takes an object that exists already under this resource. */
  importFrom(id: string, provider?: TerraformProvider): void {
    this._isAltered = true;
    this._imported = { id, provider };
  }

  /** Moves the object to the resource that `addMoveTarget` gave this name; `index` is its key, where that has count or for_each. */
  moveTo(moveTarget: string, index?: string | number): void {
    this._moveOnce();
    if (index === 0) mends("lostIndex", this.node.path);
    this._movedByTarget = { moveTarget, index };
  }

  /** Names this resource as the target of moves. */
  addMoveTarget(moveTarget: string): void {
    this.cdktfStack.moveTargets.addResourceTarget(this, moveTarget);
  }

  /** Moves the object to the resource of this address, such as `aws_s3_bucket.new`. */
  moveToId(id: string): void {
    this._moveOnce();
    this._movedById = { to: id, from: this._address };
  }

  /** Takes over the object that the state has under this address. */
  moveFromId(id: string): void {
    this._moveOnce();
    this._movedById = { to: this._address, from: id };
  }

  private _moveOnce(): void {
    if (this.hasResourceMove() !== undefined) {
      throw new Error(`${this.node.path} has been moved already: a resource can be moved once. Remove one of the calls.`);
    }
    this._isAltered = true;
  }
}

Object.defineProperty(TerraformResource.prototype, RESOURCE, { value: true });
declareFields(TerraformResource.prototype, ["_imported", "_movedById", "_movedByTarget"]);

function indexStep(index: string | number | undefined): string {
  if (index === undefined || (!index && !isMended("lostIndex"))) return "";
  return typeof index === "string" ? `["${index}"]` : `[${index}]`;
}

export interface IImportableConfig {
  readonly terraformResourceType: string;
  readonly importId: string;
  readonly provider?: TerraformProvider;
}

/** An object to be imported whose configuration Terraform is to write. */
export class ImportableResource extends TerraformElement {
  private readonly config: IImportableConfig;

  constructor(scope: IConstruct, name: string, config: IImportableConfig) {
    super(scope, name, config.terraformResourceType);
    this.config = config;
  }

  toTerraform(): any {
    const { importId, provider, terraformResourceType } = this.config;
    return { import: [{ provider: provider?.fqn, id: importId, to: `${terraformResourceType}.${this.friendlyUniqueId}` }] };
  }

  toMetadata(): any {
    return { importsGeneratingConfiguration: [this.friendlyUniqueId] };
  }
}

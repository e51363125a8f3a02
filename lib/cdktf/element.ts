// SPDX-License-Identifier: Apache-2.0
// What every part of a configuration is: a construct with a name in Terraform, a fragment of JSON, and overrides.

import { Construct } from "../constructs/index.ts";
import type { IConstruct } from "../constructs/index.ts";
import type { ITerraformAddressable } from "./addressable.ts";
import { setPath } from "./deep-merge.ts";
import { ref } from "./expression.ts";
import { declareFields } from "./fields.ts";
import { hereMade, Mistake, report } from "./findings.ts";
import { TerraformStack } from "./stack.ts";
import { Token } from "./tokens.ts";

export const ELEMENT = Symbol.for("cdktf/TerraformElement");

/** Kinds of elements whose blocks have nothing but a name. */
const NAMED: ReadonlySet<string> = new Set(["local", "module", "output", "var"]);

export interface TerraformElementMetadata {
  readonly path: string;
  readonly _uniqueId: string;
  readonly stackTrace: string[];
}

let lastScope: IConstruct | undefined; // of an element, and
let lastStack: TerraformStack | undefined; // what holds that: neighbours mostly share it

/** The base of resources, data sources, providers, outputs, variables, locals, modules and backends. */
export class TerraformElement extends Construct implements ITerraformAddressable {
  static isTerraformElement(value: any): value is TerraformElement {
    return value !== null && typeof value === "object" && ELEMENT in value;
  }

  // Elements are many: fields are declared, so that each is set once, and what few of them have takes no room until it is needed.
  protected declare readonly _elementType: string | undefined;
  protected declare _overrides?: any;
  /** True once anything was asked for beyond what the constructor took: overrides, meta-arguments, imports and moves. */
  protected declare _isAltered: boolean;
  private declare _logicalIdOverride?: string;
  protected declare _uniqueId?: string;
  private declare _fqnToken?: string;
  protected declare _stackOfThis?: TerraformStack;

  constructor(scope: IConstruct, id: string, elementType?: string) {
    super(scope, id);
    if (this.node.hasOddId && (typeof id !== "string" || id.includes("{")) && Token.isUnresolved(id)) {
      throw new Mistake("bad-id", `You cannot use a Token (e.g. a reference to an attribute) as the id of a construct: ${id}`, hereMade());
    }
    if (this._elementType !== elementType) this._elementType = elementType;
    if (scope !== lastScope) {
      lastStack = TerraformStack.holding(scope);
      lastScope = scope;
    }
    this._stackOfThis = lastStack;
    if (lastStack === undefined) {
      report("no-stack", `${this.constructor.name} '${id}' is in no stack, so that it would be lost; pass a TerraformStack as its scope.`, hereMade());
    }
  }

  /** The stack that holds the element; throws if there is none. */
  get cdktfStack(): TerraformStack {
    return (this._stackOfThis ??= TerraformStack.of(this));
  }

  /** What `addOverride` set: it is merged over the element's own attributes. */
  protected get rawOverrides(): any {
    this._isAltered = true;
    return (this._overrides ??= {});
  }

  /** Resolves all tokens in the element's fragment where that needs no `toTerraform`; false where it does. */
  _prepare(_resolvePart: (part: any) => any): boolean {
    return false;
  }

  /** True if the element surely adds nothing to the stack's summary. */
  _isSilent(): boolean {
    return false;
  }

  /** Merges the element's fragment into a document where that needs no `toTerraform`; false where it does. */
  _takeInto(_document: number | undefined, _resolvePart: (part: any) => any): boolean {
    return false;
  }

  /** The element's fragment of the configuration. */
  toTerraform(): any {
    return {};
  }

  /** The element's part of the metadata at the top of the file. */
  toMetadata(): any {
    return this.overridesMetadata(this._elementType);
  }

  protected overridesMetadata(kind: string | undefined): any {
    if (this._overrides === undefined || kind === undefined) return {};
    const keys = Object.keys(this._overrides);
    return keys.length === 0 ? {} : { overrides: { [kind]: keys } };
  }

  /** The element's address in Terraform, as a token. Once it was asked for, the id is fixed. */
  get fqn(): string {
    if (this._fqnToken === undefined) {
      if (this._elementType === undefined) throw new Error("Unable to calculate fqn, there is no type of element.");
      this._fqnToken = Token.asString(ref(`${this._elementType}.${this.friendlyUniqueId}`, this.cdktfStack));
    }
    return this._fqnToken;
  }

  /** What the element's address begins with, such as `aws_sqs_queue`; undefined where several may share an address. */
  get _blockKind(): string | undefined {
    return this._elementType !== undefined && NAMED.has(this._elementType) ? this._elementType : undefined;
  }

  /** The element's name in Terraform. What it is when it is first asked for, it stays. */
  get friendlyUniqueId(): string {
    return (this._uniqueId ??= this._logicalIdOverride ?? (this._stackOfThis ?? this.cdktfStack).getLogicalId(this));
  }

  /** Takes this text for the element's name, as it is; without effect once the name was asked for. */
  overrideLogicalId(newLogicalId: string): void {
    this._forbidOnceUsed("overridden");
    this._logicalIdOverride = newLogicalId;
  }

  resetOverrideLogicalId(): void {
    this._forbidOnceUsed("reset to its default");
    this._logicalIdOverride = undefined;
  }

  private _forbidOnceUsed(what: string): void {
    if (this._fqnToken !== undefined) {
      throw new Error(
        `Logical ID may not be ${what} once .fqn has been requested. Make sure to override the id before passing the construct to other constructs.`,
      );
    }
  }

  /**
   * Sets a value in the element's JSON, in Terraform's spelling; undefined deletes it.
   *
   * @param path keys joined by dots
   * @example queue.addOverride("lifecycle.ignore_changes", ["tags"])
   */
  addOverride(path: string, value: any): void {
    setPath(this.rawOverrides, path, value);
  }

  /** What stands under `//` in blocks of resources, data sources and modules. */
  protected get constructNodeMetadata(): { [key: string]: any } {
    return { metadata: { path: this.node.path, uniqueId: this.friendlyUniqueId } };
  }
}

Object.defineProperty(TerraformElement.prototype, ELEMENT, { value: true });
Object.defineProperty(TerraformElement.prototype, "_isAltered", { value: false, writable: true });

declareFields(TerraformElement.prototype, [
  ...["node", "_elementType", "_fqnToken", "_logicalIdOverride", "_overrides", "_stackOfThis", "_uniqueId", "terraformGeneratorMetadata"],
  Symbol.for("cdktf-aspects"),
]);

// SPDX-License-Identifier: Apache-2.0
// The tree of constructs: what a scope knows of its children, and a child of its place.

import { digest, isName } from "weir:host";
import { hereMade, isTracing, Mistake, placeOf, remember } from "../cdktf/findings.ts";
import { Dependable } from "./dependency.ts";
import type { IDependable } from "./dependency.ts";
import type { MetadataEntry } from "./metadata.ts";

const CONSTRUCT = Symbol.for("constructs.Construct");

/** Anything with a place in the tree. */
export interface IConstruct extends IDependable {
  readonly node: Node;
}

/** Says what is wrong with a construct, one sentence an item; nothing if all is right. */
export interface IValidation {
  validate(): string[];
}

/** In which order `findAll` visits: a scope before its children, or after them. */
export const ConstructOrder = { PREORDER: 0, POSTORDER: 1, 0: "PREORDER", 1: "POSTORDER" } as const;
export type ConstructOrder = 0 | 1;

export interface MetadataOptions {
  /** Records where the entry was added. @default false */
  readonly stackTrace?: boolean;
  /** Frames above this function are left out. */
  readonly traceFromFunction?: any;
}

let changes = 0; // to any tree of this program
let locks = 0; // that were set anywhere: few programs have any

/** Grows whenever a construct joins or leaves a tree: what was gathered at the same count still holds. */
export function treeChanges(): number {
  return changes;
}

/** An id as it stands in paths. */
function withoutSeparators(id: string): string {
  return id.includes(Node.PATH_SEP) ? id.replaceAll(Node.PATH_SEP, "--") : id;
}

/** A construct's place in the tree, and what hangs on it. */
export class Node {
  static readonly PATH_SEP = "/";

  /** @deprecated use `construct.node` */
  static of(construct: IConstruct): Node {
    return construct.node;
  }

  // Declared fields are not made: what the constructor sets is set once, and what few constructs have takes no room until it is needed.
  declare readonly scope?: IConstruct;
  declare readonly id: string;
  private declare readonly host: Construct;
  private declare contextValues?: { [key: string]: any };
  private declare entries?: MetadataEntry[];
  private declare dependencyList?: Set<IDependable>;
  private declare validations?: IValidation[];
  private declare holdsBelow?: boolean; // true if a node below has validations or entries
  private declare isLocked?: boolean;
  private declare chosenDefault?: IConstruct;
  private declare address?: string;
  private declare startOfChildren?: string;
  /** Its children by their ids; few have any, and what walks a tree need not enter the others. */
  declare kids?: Map<string, IConstruct>;
  /** True unless the id is a name in Terraform as it stands, as most are. */
  declare hasOddId?: boolean;

  constructor(construct: Construct, scope: IConstruct | undefined, id: string) {
    const isUsual = isName(id);
    const name = isUsual ? id : withoutSeparators(String(id ?? ""));
    this.scope = scope;
    this.id = name;
    this.host = construct;
    if (!isUsual) this.hasOddId = true;
    if (scope === undefined) return;
    if (name === "") throw new Mistake("bad-id", "Only root constructs may have an empty ID", hereMade());
    const above = scope.node;
    const { kids } = above;
    if (kids === undefined || locks > 0 || kids.has(name)) {
      above.addChild(construct, name);
    } else {
      kids.set(name, construct); // as addChild() does: most have neighbours
      changes++;
    }
  }

  /** The ids from the root down to here, joined with `/`. */
  get path(): string {
    const { scope } = this;
    if (scope === undefined) return this.id;
    const above = scope.node;
    return (above.startOfChildren ?? above.start) + this.id;
  }

  /** What paths of children begin with. */
  private get start(): string {
    if (this.startOfChildren === undefined) {
      const path = this.path;
      this.startOfChildren = path === "" ? "" : path + Node.PATH_SEP;
    }
    return this.startOfChildren;
  }

  /** An address of 42 characters that no other construct of the tree has; it doesn't change when a `Default` comes between. */
  get addr(): string {
    if (this.address === undefined) {
      const ids = this.scopes.map((scope) => scope.node.id).filter((id) => id !== "Default");
      this.address = "c8" + digest("sha1", ids.map((id) => `${id}\n`).join(""));
    }
    return this.address;
  }

  tryFindChild(id: string): IConstruct | undefined {
    return this.kids?.get(withoutSeparators(String(id)));
  }

  findChild(id: string): IConstruct {
    const child = this.tryFindChild(id);
    if (!child) throw new Error(`No child with id: '${id}'`);
    return child;
  }

  /** The child named `Resource` or `Default`, unless another was chosen. */
  get defaultChild(): IConstruct | undefined {
    if (this.chosenDefault !== undefined) return this.chosenDefault;
    const resource = this.tryFindChild("Resource");
    const fallback = this.tryFindChild("Default");
    if (resource && fallback) {
      throw new Error(`Cannot determine default child for ${this.path}. There is both a child with id "Resource" and id "Default"`);
    }
    return fallback ?? resource;
  }

  set defaultChild(value: IConstruct | undefined) {
    this.chosenDefault = value;
  }

  get children(): IConstruct[] {
    return this.kids === undefined ? [] : [...this.kids.values()];
  }

  /** This construct and all below it. */
  findAll(order: ConstructOrder = ConstructOrder.PREORDER): IConstruct[] {
    const found: IConstruct[] = [];
    this.gather(found, order === ConstructOrder.PREORDER);
    return found;
  }

  /** The constructs from here on, in that order, that have validations or entries of metadata: few have, and only what leads to them is walked. */
  findHolders(what: "validations" | "entries", found: IConstruct[] = []): IConstruct[] {
    if (this[what] !== undefined) found.push(this.host);
    if (this.holdsBelow !== true) return found;
    for (const { node } of this.kids?.values() ?? []) {
      if (node.holdsBelow === true) node.findHolders(what, found);
      else if (node[what] !== undefined) found.push(node.host);
    }
    return found;
  }

  /** Tells the nodes above that there is a holder below them. */
  private holdHere(): void {
    for (let at = this.scope?.node; at !== undefined && at.holdsBelow !== true; at = at.scope?.node) at.holdsBelow = true;
  }

  private gather(found: IConstruct[], isPreorder: boolean): void {
    if (isPreorder) found.push(this.host);
    for (const child of this.kids?.values() ?? []) {
      if (child.node.kids === undefined) found.push(child);
      else child.node.gather(found, isPreorder);
    }
    if (!isPreorder) found.push(this.host);
  }

  /** Sets a value that this construct and all below it see; throws once there are children. */
  setContext(key: string, value: any): void {
    if (this.kids !== undefined && this.kids.size > 0) {
      const names = this.children.map((child) => child.node.id);
      throw new Error("Cannot set context after children have been added: " + names.join(","));
    }
    (this.contextValues ??= {})[key] = value;
  }

  getContext(key: string): any {
    const value = this.tryGetContext(key);
    if (value === undefined) throw new Error(`No context value present for ${key} key`);
    return value;
  }

  /** What this construct sees; as in the original, defaults win over all of it. */
  getAllContext(defaults?: object): any {
    let all: any = { ...defaults };
    for (const scope of this.scopes.reverse()) all = { ...scope.node.contextValues, ...all };
    return all;
  }

  tryGetContext(key: string): any {
    const value = this.contextValues?.[key];
    return value !== undefined || this.scope === undefined ? value : this.scope.node.tryGetContext(key);
  }

  get metadata(): MetadataEntry[] {
    return this.entries === undefined ? [] : [...this.entries];
  }

  addMetadata(type: string, data: any, options: MetadataOptions = {}): void {
    if (data === null || data === undefined) return;
    const trace = options.stackTrace ? captureTrace(options.traceFromFunction ?? this.addMetadata) : undefined;
    this.holdHere();
    (this.entries ??= []).push({ type, data, trace });
  }

  /** From the root down to this construct. */
  get scopes(): IConstruct[] {
    const found: IConstruct[] = [];
    for (let at: IConstruct | undefined = this.host; at !== undefined; at = at.node.scope) found.push(at);
    return found.reverse();
  }

  get root(): IConstruct {
    let at: IConstruct = this.host;
    while (at.node.scope !== undefined) at = at.node.scope;
    return at;
  }

  /** True if nothing may be added here any more. */
  get locked(): boolean {
    return this.isLocked === true || (this.scope?.node.locked ?? false);
  }

  lock(): void {
    this.isLocked = true;
    locks++;
  }

  addDependency(...deps: IDependable[]): void {
    this.dependencyList ??= new Set();
    for (const dep of deps) this.dependencyList.add(dep);
  }

  get dependencies(): IConstruct[] {
    return [...(this.dependencyList ?? [])].flatMap((dep) => Dependable.of(dep).dependencyRoots);
  }

  tryRemoveChild(childName: string): boolean {
    changes++;
    return this.kids?.delete(withoutSeparators(String(childName))) ?? false;
  }

  addValidation(validation: IValidation): void {
    this.holdHere();
    (this.validations ??= []).push(validation);
  }

  validate(): string[] {
    return this.validations === undefined ? [] : this.validations.flatMap((validation) => validation.validate());
  }

  /** Called by the constructor of a child. */
  addChild(child: IConstruct, name: string): void {
    if (locks > 0 && this.locked) throw new Error(`Cannot add children to "${this.path}" during synthesis`);
    const twin = this.kids?.get(name);
    if (twin !== undefined) {
      const label = `${this.host.constructor.name}${this.id === "" ? "" : ` [${this.id}]`}`;
      const first = placeOf(twin);
      const where = first === undefined ? "" : ` (first made on line ${first.line})`;
      throw new Mistake("duplicate-id", `There is already a Construct with name '${name}' in ${label}${where}`, hereMade());
    }
    (this.kids ??= new Map()).set(name, child);
    changes++;
  }
}

/** A building block: it has a place in a tree, and makes its parts below itself. */
export class Construct implements IConstruct {
  /** True for constructs, also those of another copy of this library. */
  static isConstruct(value: any): value is Construct {
    return value !== null && typeof value === "object" && CONSTRUCT in value;
  }

  declare readonly node: Node;

  constructor(scope: IConstruct, id: string) {
    this.node = new Node(this, scope, id);
    if (isTracing) remember(this);
  }

  toString(): string {
    return this.node.path || "<root>";
  }
}

Object.defineProperty(Construct.prototype, CONSTRUCT, { value: true });
// Who depends on a construct depends on it alone. The trait is made when it is asked for: few constructs are.
Dependable.implementBy(Construct.prototype, (construct) => ({ dependencyRoots: [construct as IConstruct] }));

/** The root of a tree. */
export class RootConstruct extends Construct {
  constructor(id?: string) {
    super(undefined as any, id ?? "");
  }
}

/** The calling frames, without those above `below`. */
function captureTrace(below: Function): string[] {
  const holder: { stack?: string } = {};
  if (Error.captureStackTrace) Error.captureStackTrace(holder, below);
  else holder.stack = new Error().stack;
  const lines = (holder.stack ?? "").split("\n");
  return lines.slice(1).map((line) => line.replace(/^\s*at\s+/, ""));
}

// SPDX-License-Identifier: Apache-2.0
// A stack: one configuration of Terraform, with one state.

import * as host from "weir:host";
import { Construct, Node } from "../constructs/index.ts";
import { treeChanges } from "../constructs/construct.ts";
import type { IConstruct } from "../constructs/index.ts";
import { LocalBackend, TerraformBackend } from "./backends/index.ts";
import { propertyName } from "../provider/names.ts";
import { notePrepared } from "./cross-stack.ts";
import { deepMerge, setPath } from "./deep-merge.ts";
import { ELEMENT } from "./element.ts";
import { OWN_TOKENS } from "./expression.ts";
import type { TerraformElement } from "./element.ts";
import { HIDDEN, makeUniqueId } from "./logical-id.ts";
import { TerraformOutput } from "./output.ts";
import { TerraformProvider } from "./provider.ts";
import type { TerraformRemoteState } from "./remote-state.ts";
import { givenTo, hereMade, Mistake, orderOf, placeOf, report } from "./findings.ts";
import { placeOnWay } from "../places.ts";
import type { Place } from "./findings.ts";
import { DefaultTokenResolver, StringConcat } from "./resolvable.ts";
import { failedPath, partResolver } from "./resolve.ts";
import { TerraformResource } from "./resource.ts";
import { TerraformResourceTargets } from "./resource-targets.ts";
import { runValidations, StackSynthesizer } from "./synthesizer.ts";
import type { IStackSynthesizer } from "./synthesizer.ts";
import { toJson } from "./text.ts";
import { entries } from "./token-table.ts";
import { Token } from "./tokens.ts";
import { ValidateProviderPresence } from "./validations.ts";

const STACK = Symbol.for("cdktf/TerraformStack");
const RESOLVER = new DefaultTokenResolver(new StringConcat());
/** How names of Terraform begin. */
const STARTS_NAME = /^[A-Za-z_]/;

export interface TerraformStackMetadata {
  readonly stackName: string;
  readonly version: string;
  readonly backend: string;
  /** `tfc` or `tfe`, where the state is kept there. */
  readonly cloud?: string;
}

/**
 * A stack. Programs derive from it and make their resources in the constructor.
 *
 * @example
 *   class Orders extends TerraformStack {
 *     constructor(scope: Construct, id: string) {
 *       super(scope, id);
 *       new AwsProvider(this, "aws", { region: "eu-west-1" });
 *     }
 *   }
 */
export class TerraformStack extends Construct {
  static isStack(value: any): value is TerraformStack {
    return value !== null && typeof value === "object" && STACK in value;
  }

  /** The stack that holds a construct; throws if there is none. */
  static of(construct: IConstruct): TerraformStack {
    const stack = TerraformStack.holding(construct);
    if (stack !== undefined) return stack;
    throw new Error(`No stack could be identified for the construct at path '${construct.node.path}'`);
  }

  /** The stack that holds a construct, if there is one. */
  static holding(construct: IConstruct): TerraformStack | undefined {
    let at: any = construct;
    while (at !== undefined && !at[STACK]) at = at.node.scope;
    return at;
  }

  /** What writes the stack. */
  synthesizer: IStackSynthesizer;
  /** Stacks that must be applied first, in the order in which they were added. */
  dependencies: TerraformStack[] = [];
  moveTargets = new TerraformResourceTargets();
  private readonly providers: ValidateProviderPresence;
  private readonly rawOverrides: any = {};
  private readonly outgoing = new Map<string, TerraformOutput>();
  private readonly incoming = new Map<TerraformStack, TerraformRemoteState>();
  private readonly uses = new Map<TerraformStack, Use>();
  private preparing: TerraformElement | undefined; // the element whose values are resolved; the host sets it
  private readonly known = new Map<string, string>(); // what the last pass found, for texts that come to the same again
  private readonly linked = new Map<TerraformStack, Map<string, string>>();
  private declare _onWay?: number;
  private gathered: { readonly at: number; readonly elements: readonly TerraformElement[] } | undefined;

  constructor(scope: IConstruct, id: string) {
    super(scope, id);
    checkId(id);
    this.synthesizer = new StackSynthesizer(this, Boolean(host.env("CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS")));
    this.providers = new ValidateProviderPresence(this);
    this.node.addValidation(this.providers);
  }

  /** The elements of this stack, in the order of the tree, without those of stacks below it. */
  elements(): readonly TerraformElement[] {
    const at = treeChanges();
    if (this.gathered?.at !== at) {
      const elements: TerraformElement[] = [];
      gatherElements(this, elements);
      this.gathered = { at, elements };
    }
    return this.gathered.elements;
  }

  /** The first pass: makes sure of a backend, and finds references into other stacks. */
  prepareStack(): void {
    this.ensureBackendExists();
    this.known.clear();
    const resolvePart = partResolver({ scope: this, resolver: RESOLVER, preparing: true }, this.known);
    host.beginPass(this, resolvePart, entries, OWN_TOKENS, notePrepared, true);
    this.walkElements((elements) => {
      for (let i = 0; (i = host.takeElements(undefined, this, elements, i, resolvePart)) < elements.length; i++) {
        const element = elements[i];
        if (!element._prepare(resolvePart)) host.visit(element.toTerraform(), resolvePart);
      }
    });
    host.endPass(false);
  }

  /** Walks over the elements, each of which is `preparing` in its turn: what goes wrong there is placed at the property that holds it. */
  private walkElements(walk: (elements: readonly TerraformElement[]) => void): void {
    try {
      walk(this.elements());
    } catch (error) {
      placeInElement(error, this.preparing as TerraformElement);
      throw error;
    }
  }

  /**
   * Sets a value in the stack's JSON, in Terraform's spelling; undefined deletes it.
   *
   * @example stack.addOverride("terraform.required_version", ">= 1.5")
   */
  addOverride(path: string, value: any): void {
    setPath(this.rawOverrides, path, value);
  }

  /** The name of an element in Terraform; derived classes may choose another by `allocateLogicalId`. */
  getLogicalId(element: TerraformElement | Node): string {
    return this.allocateLogicalId(element);
  }

  protected allocateLogicalId(element: TerraformElement | Node): string {
    const node: Node = (element as any).node ?? element;
    if (node.scope === this && !node.hasOddId && node.id !== HIDDEN) return node.id; // as most are
    const isBelow = (element as any)._stackOfThis === this;
    const name = isBelow ? makeUniqueId(node.path, this._onWay ?? this._idsOnWay()) : makeUniqueId(this._wayTo(node), 0);
    if (name !== undefined) return name;
    const message = `Unable to calculate a unique id for an empty set of components: '${node.path}' has no id but Default, which counts in no name.`;
    throw new Mistake("bad-id", message, node === element ? undefined : placeOf(element));
  }

  /** How many ids of a path are the stack's and those above it. */
  private _idsOnWay(): number {
    return (this._onWay = this.node.path === "" ? 0 : this.node.path.split("/").length);
  }

  /** The path below the stack; all of it for a node elsewhere. */
  private _wayTo(node: Node): string {
    const ids: string[] = [];
    for (let at: Node | undefined = node; at !== undefined && at !== this.node; at = at.scope?.node) ids.push(at.id);
    return ids.length === 0 ? HIDDEN : ids.reverse().join("/");
  }

  allProviders(): TerraformProvider[] {
    return this.elements().filter(TerraformProvider.isTerraformProvider);
  }

  /** The stack's backend; without one its state goes to a local file. */
  ensureBackendExists(): TerraformBackend {
    return this.elements().find(TerraformBackend.isBackend) ?? new LocalBackend(this, { path: `${host.cwd()}/terraform.${this.node.id}.tfstate` });
  }

  /** The stack's configuration. A derived class may give another. */
  toTerraform(): any {
    return JSON.parse(host.closeDocument(this.takeDocument()));
  }

  /** Writes the stack's configuration to a file of the output. */
  writeTo(path: string): void {
    const isDerived = this.toTerraform !== TerraformStack.prototype.toTerraform;
    if (isDerived) host.emit(path, toJson(this.toTerraform()));
    else host.emitDocument(this.takeDocument(), path);
  }

  /** The stack's configuration as a document of the host: the elements' fragments are merged there. */
  private takeDocument(): number {
    const document = host.openDocument();
    host.take(document, this.summary());
    const resolvePart = partResolver({ scope: this, resolver: RESOLVER }, this.known);
    host.beginPass(this, resolvePart, entries, OWN_TOKENS, notePrepared, false);
    this.walkElements((elements) => {
      for (let i = 0; (i = host.takeElements(document, this, elements, i, resolvePart)) < elements.length; i++) {
        const element = elements[i];
        if (!element._takeInto(document, resolvePart)) host.take(document, element.toTerraform(), resolvePart);
      }
    });
    host.take(document, this.rawOverrides, resolvePart, true);
    this.known.clear();
    host.endPass(true);
    return document;
  }

  /** The stack's metadata, and what its outputs are called. */
  private summary(): any {
    const metadata: any = {
      version: this.node.tryGetContext("cdktfVersion"),
      stackName: this.node.id,
      backend: "local", // unless an element says otherwise
    };
    const overrides = Object.keys(this.rawOverrides);
    if (overrides.length > 0) metadata.overrides = { stack: overrides };
    const outputs: any = {};
    let above: IConstruct | undefined; // an output, and
    let names: any; // what it and its neighbours are called
    const elements = this.elements();
    const loud: number[] = host.loud(elements);
    for (let i = 0; i < loud.length; i++) {
      const element = elements[loud[i]];
      if (element._isSilent()) continue;
      const own = element.toMetadata();
      for (const key in own) deepMerge(metadata, { [key]: own[key] });
      if (!TerraformOutput.isTerraformOutput(element)) continue;
      const { scope, id } = element.node;
      if (scope !== above) names = namesBelow(outputs, scope as IConstruct);
      above = scope;
      names[id] = element.friendlyUniqueId;
    }
    forbidCollisions(elements);
    return { "//": { metadata, outputs } };
  }

  /** The output that gives a value to other stacks. */
  registerOutgoingCrossStackReference(identifier: string): TerraformOutput {
    let output = this.outgoing.get(identifier);
    if (output === undefined) {
      const value = Token.asString(`\${${identifier}}`);
      output = new TerraformOutput(this, `cross-stack-output-${identifier}`, { value, sensitive: true });
      this.outgoing.set(identifier, output);
    }
    return output;
  }

  /** The data source that reads the state of another stack. */
  registerIncomingCrossStackReference(fromStack: TerraformStack): TerraformRemoteState {
    let state = this.incoming.get(fromStack);
    if (state === undefined) {
      const origin = fromStack.node.path;
      state = fromStack.ensureBackendExists().getRemoteStateDataSource(this, `cross-stack-reference-input-${origin}`, origin);
      this.incoming.set(fromStack, state);
    }
    return state;
  }

  /** Remembers how this stack writes a reference into another. */
  linkReference(origin: TerraformStack, identifier: string, written: string): void {
    if (!this.linked.has(origin)) this.linked.set(origin, new Map());
    this.linked.get(origin)?.set(identifier, written);
  }

  hasUse(origin: TerraformStack): boolean {
    return this.uses.has(origin);
  }

  /** Remembers what first made this stack need another. */
  noteUse(origin: TerraformStack, path: ReadonlyArray<string | number>): void {
    if (this.preparing !== undefined && !this.uses.has(origin)) this.uses.set(origin, { element: this.preparing, path });
  }

  /** The uses that make this stack need another, directly or through others. */
  private usesTowards(stack: TerraformStack): Use[] {
    for (const dependency of this.dependencies) {
      if (dependency !== stack && !dependency.dependsOn(stack)) continue;
      const use = this.uses.get(dependency);
      return [...(use === undefined ? [] : [use]), ...(dependency === stack ? [] : dependency.usesTowards(stack))];
    }
    return [];
  }

  linkedReference(origin: TerraformStack, identifier: string): string | undefined {
    return this.linked.get(origin)?.get(identifier);
  }

  /** True if the stack needs another one, directly or through others. */
  dependsOn(stack: TerraformStack): boolean {
    return this.dependencies.some((dependency) => dependency === stack || dependency.dependsOn(stack));
  }

  /** Says that another stack must be applied first. */
  addDependency(dependency: TerraformStack): void {
    if (this.dependencies.includes(dependency)) return;
    if (dependency.dependsOn(this)) {
      const mistake = new Mistake("circular-dependency", `Cannot add dependency ${dependency} to ${this}, because it would cause a circular dependency.`);
      // The circle is closed by the use that was written last, whichever is resolved first.
      const uses = [...dependency.usesTowards(this), ...(this.uses.has(dependency) ? [this.uses.get(dependency) as Use] : [])];
      mistake.source = lastPlace(uses);
      throw mistake;
    }
    this.dependencies.push(dependency);
  }

  runAllValidations(): void {
    try {
      runValidations(this);
    } catch (error) {
      throw this.providers.mistake((error as Error).message) ?? error;
    }
  }

  hasResourceMove(): boolean {
    return this.elements().some((element) => TerraformResource.isTerraformResource(element) && element.hasResourceMove() !== undefined);
  }
}

Object.defineProperty(TerraformStack.prototype, STACK, { value: true });

// Walks over all of a tree ask for marks themselves: that saves a call at each construct.

function gatherElements(construct: IConstruct, found: TerraformElement[]): void {
  const children: any[] = construct.node.children;
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    if (child[ELEMENT]) found.push(child);
    else if (child[STACK]) continue;
    if (child.node.kids !== undefined) gatherElements(child, found);
  }
}

/** The stacks below a construct, in the order of the tree: each has a validation. */
export function stacksBelow(construct: IConstruct): TerraformStack[] {
  const found: TerraformStack[] = [];
  for (const one of construct.node.findHolders("validations") as any[]) if (one[STACK]) found.push(one);
  return found;
}

/** Two elements of one type and name become one block: one of them is lost without a word. */
function forbidCollisions(elements: readonly TerraformElement[]): void {
  if (host.areDistinct(elements)) return; // as nearly always
  const kinds = new Map<string, Map<string, TerraformElement>>();
  let last: string | undefined; // kind of block: neighbours mostly share it
  let names = new Map<string, TerraformElement>();
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    const kind = element._blockKind;
    if (kind === undefined) continue;
    if (kind !== last) {
      names = kinds.get(kind) ?? new Map();
      kinds.set(kind, names);
      last = kind;
    }
    const name = element.friendlyUniqueId;
    const first = names.get(name);
    names.set(name, element);
    const isUsual = name >= "a" && name < "{"; // beginning with a small letter: to ask that costs less than to match
    if (!isUsual && !STARTS_NAME.test(name)) {
      const message = `'${element.node.path}' becomes the name '${name}', which Terraform refuses: names begin with a letter or an underscore.`;
      report("bad-id", message, placeOf(element), "warning");
    }
    if (first !== undefined) reportCollision(element, first, `${kind}.${name}`);
  }
}

function reportCollision(element: TerraformElement, first: TerraformElement, address: string): void {
  const line = placeOf(first)?.line;
  const where = line === undefined ? "" : ` (line ${line})`;
  // `Default` counts in no name, so that paths which differ by it alone were meant to be one.
  const isMeant = pathOfNames(element) === pathOfNames(first);
  const message = `'${element.node.path}' and '${first.node.path}'${where} both become ${address}, so that one is lost; rename one.`;
  report("colliding-ids", message, placeOf(element), isMeant ? "warning" : "error");
}

/** Where the outputs of a scope stand: under its construct path, so that tools find them by that. */
function namesBelow(outputs: any, scope: IConstruct): any {
  let at = outputs;
  for (const { node } of scope.node.scopes) if (node.id !== "") at = at[node.id] ??= {};
  return at;
}

function checkId(id: string): void {
  if (Token.isUnresolved(id)) {
    throw new Mistake("bad-id", `You cannot use a Token (e.g. a reference to an attribute) as the id of a construct: ${id}`, hereMade());
  }
  if (/\s/.test(id)) throw new Mistake("bad-id", `Cannot create TerraformStack with id "${id}". It contains a whitespace character.`, hereMade());
  const glob = /[*?[\]{}!]/.exec(id);
  if (glob !== null) throw new Mistake("bad-id", `Cannot create TerraformStack with id "${id}". It contains a glob character: "${glob[0]}"`, hereMade());
}

/** Gives an error that has no place of its own that of the property whose value failed. */
function placeInElement(error: any, element: TerraformElement): void {
  if (!(error instanceof Error) || (error as Partial<Mistake>).source !== undefined) return;
  const source = placeOfUse({ element, path: failedPath(error) ?? [] });
  if (source !== undefined) (error as Partial<Mistake>).source = source;
}

/** A value in an element, by its path in the element's fragment. */
interface Use {
  readonly element: TerraformElement;
  readonly path: ReadonlyArray<string | number>;
}

function placeOfUse({ element, path }: Use): Place | undefined {
  const steps = path.slice(3); // behind kind, type and name
  const way = steps.map((step) => (typeof step === "string" ? propertyName(step) : step));
  return placeOnWay(givenTo(element), way) ?? placeOf(element);
}

/** The place of the use whose element was made last. */
function lastPlace(uses: readonly Use[]): Place | undefined {
  const inOrder = [...uses].sort((left, right) => orderOf(left.element) - orderOf(right.element));
  const last = inOrder.at(-1);
  return last && placeOfUse(last);
}

function pathOfNames(construct: IConstruct): string {
  return construct.node.scopes.map((scope) => scope.node.id).filter((id) => id !== "Default").join("/");
}

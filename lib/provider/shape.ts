// SPDX-License-Identifier: Apache-2.0
// The shape of classes: which properties there are, what each is to Terraform, what it takes and what reading it gives. The
// host works it out of a provider's schema (src/catalog/shape.h); it is plain data, and everything else here is made from it.

import * as host from "weir:host";
import { checksOf } from "./facts.ts";
import type { Form } from "./check.ts";
import type { Check, Fact } from "./facts.ts";
import type { Group, Rules } from "./groups.ts";
import { wantedBy } from "./references.ts";
import type { Wanted } from "./references.ts";

/** What reading an attribute gives: a token of this type, or a plain reference. */
export type Access =
  | "string"
  | "number"
  | "bool"
  | "stringList"
  | "numberList"
  | "stringMap"
  | "numberMap"
  | "boolMap"
  | "stringSet"
  | "numberSet"
  | "anySet"
  | "any";

/** How a property is held: a value, one object, or a list or map of objects. */
export type Holding = "value" | "object" | "list" | "map";

/** What a class has of a member `tags`: itself, `tagsInput`, `putTags`, `resetTags`. */
export type Role = "value" | "input" | "put" | "reset";

export interface Member {
  /** Terraform's name. */
  readonly name: string;
  /** The program's name. */
  readonly property: string;
  readonly holding: Holding;
  readonly access: Access;
  readonly isSettable?: true;
  readonly isRequired?: true;
  /** True if Terraform has a block here, false for an attribute. */
  readonly isBlock?: true;
  /** True if a list of objects is a set to Terraform. */
  readonly isSet?: true;
  /** True if one object is an item of a list to Terraform: the reference goes through `[0]`. */
  readonly isItem?: true;
  /** Items that the schema wants at least and at most. */
  readonly minItems?: number;
  readonly maxItems?: number;
  /** The number of what is known beyond the schema, for `host.fact`. */
  readonly fact?: number;
  /** The path of the object's own shape, where there is one. */
  readonly inner?: string;
  // What is made when it is first asked for.
  shape?: Shape;
  known?: Known;
  wanted?: Wanted | null;
  form?: Form;
}

/** What a member takes beyond its type. */
export interface Known {
  /** Items that Terraform takes at least and at most; 0 for no limit. */
  readonly minItems: number;
  readonly maxItems: number;
  /** What a value, or each part of it, is checked for. */
  readonly checks: readonly Check[];
  /** Attributes that it is known to refer to rightly. */
  readonly targets: readonly string[];
  /** True if the provider refuses it, though its schema does not. */
  readonly isRefused: boolean;
  readonly fact: Fact | undefined;
}

/** What the host tells of a shape, and what is made of that. */
interface Content {
  readonly label: string;
  readonly className: string;
  readonly members: readonly Member[];
  readonly settable: Member[];
  readonly required: Member[];
  readonly byProperty: { readonly [property: string]: Member | undefined };
  readonly isComplete?: true;
  readonly groups?: readonly Group[];
}

/** A shape, of which no more is read than what is asked for: few programs come to more than its number. */
export class Shape {
  /** For the host. */
  declare readonly number: number;
  declare readonly path: string;
  /** The rules of `groups`, once a block was held against them. */
  declare rules?: Rules;
  private declare known?: Content;
  /** The members that were asked for one by one. */
  private declare readonly found: { [property: string]: Member | null };

  constructor(path: string, number: number) {
    this.path = path;
    this.number = number;
    this.found = { __proto__: null } as any;
  }

  /** The member of a property, without any other. */
  member(property: string): Member | undefined {
    let member = this.found[property];
    if (member === undefined) this.found[property] = member = this.known?.byProperty[property] ?? this.find(property) ?? null;
    return member ?? undefined;
  }

  private find(property: string): Member | undefined {
    const found = this.named(property, false);
    if (found === undefined) return undefined;
    return found.role === "value" ? found.member : this.byProperty[property]; // it may be that besides
  }

  /** What a class has under a name, as the host tells it (`host.member`). */
  named(name: string, isProvider: boolean): { readonly role: Role; readonly member: Member } | undefined {
    const words: string | undefined = host.member(this.number, name, isProvider);
    if (words === undefined) return undefined;
    const [role, holding, access, attribute, property, minItems, maxItems, fact, flags] = words.split(" ");
    const has = (letter: string): true | undefined => flags.includes(letter) || undefined;
    const member = {
      name: attribute,
      property,
      holding,
      access,
      isSettable: has("g"),
      isRequired: has("r"),
      isBlock: has("b"),
      isSet: has("s"),
      isItem: has("i"),
      minItems: Number(minItems) || undefined,
      maxItems: Number(maxItems) || undefined,
      fact: Number(fact) || undefined,
      inner: holding === "value" ? undefined : `${this.path}/${attribute}`,
    } as Member;
    return { role: role as Role, member };
  }

  private get content(): Content {
    return (this.known ??= read(this.path));
  }

  /** Terraform's name of the type that it is; empty for a nested object. */
  get type(): string {
    const [, , type, ...nested] = this.path.split("/");
    return nested.length === 0 ? type : "";
  }

  /** How messages name it: `Instance`, `Instance.rootBlockDevice`. */
  get label(): string {
    return this.content.label;
  }

  /** The name of its class without a suffix: `Instance`, `InstanceRootBlockDevice`. */
  get className(): string {
    return this.content.className;
  }

  get members(): readonly Member[] {
    return this.content.members;
  }

  get settable(): Member[] {
    return this.content.settable;
  }

  get required(): Member[] {
    return this.content.required;
  }

  get byProperty(): { readonly [property: string]: Member | undefined } {
    return this.content.byProperty;
  }

  /** True where Terraform wants every attribute: those not given are null. */
  get isComplete(): true | undefined {
    return this.content.isComplete;
  }

  /** Rules about several properties. */
  get groups(): readonly Group[] | undefined {
    return this.content.groups;
  }
}

const shapes: Shape[] = []; // by their numbers

/** The shape at a path such as `aws/resource/aws_instance`; undefined if the provider has none there. */
export function shapeAt(path: string): Shape | undefined {
  const number: number | undefined = host.shapeNumber(path);
  return number === undefined ? undefined : shapeOf(number, path);
}

/** The shape of a number that the host gave for a path. */
export function shapeOf(number: number, path: string): Shape {
  return (shapes[number] ??= new Shape(path, number));
}

function read(path: string): Content {
  const shape = host.shape(path);
  const byProperty: { [property: string]: Member } = Object.create(null);
  const settable: Member[] = [];
  const required: Member[] = [];
  for (const member of shape.members as Member[]) {
    byProperty[member.property] = member;
    if (member.isSettable === undefined) continue;
    settable.push(member);
    if (member.isRequired) required.push(member);
  }
  return Object.assign(shape, { byProperty, settable, required });
}

/** The shape of the objects that a member holds; undefined for a value. */
export function innerShape(member: Member): Shape | undefined {
  if (member.inner === undefined) return undefined;
  return (member.shape ??= shapeAt(member.inner));
}

/** What is known of a member that can be given. */
export function knownOf(member: Member): Known {
  return (member.known ??= member.fact === undefined && member.minItems === undefined && member.maxItems === undefined ? NOTHING : makeKnown(member));
}

const NOTHING: Known = { minItems: 0, maxItems: 0, checks: [], targets: [], isRefused: false, fact: undefined };

function makeKnown(member: Member): Known {
  const { minItems = 0, maxItems = 0 } = member;
  const fact: Fact | undefined = member.fact === undefined ? undefined : host.fact(member.fact);
  if (fact === undefined) return { ...NOTHING, minItems, maxItems };
  const { items, refers_to: targets = NOTHING.targets, unsettable: isRefused = false } = fact;
  const [least, most] = items ?? NO_BOUNDS;
  return {
    minItems: Math.max(minItems, least ?? 0),
    maxItems: maxItems === 0 || most === null ? maxItems || (most ?? 0) : Math.min(maxItems, most),
    checks: checksOf(fact),
    targets,
    isRefused,
    fact,
  };
}

const NO_BOUNDS = [null, null] as const;

/** What a member that can be given may refer to; undefined for anything. */
export function wantedOf(member: Member): Wanted | undefined {
  if (member.wanted === undefined) member.wanted = wantedBy(member.name, knownOf(member).fact) ?? null;
  return member.wanted ?? undefined;
}

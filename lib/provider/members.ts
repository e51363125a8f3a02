// SPDX-License-Identifier: Apache-2.0
// Members of a provider's classes are made when a program first looks for them: a class has hundreds, and a program asks for few.
//
// What no class on the way has, the engine looks for in a proxy behind all of them, which then gives the class an ordinary member:
// from then on it is found without the proxy. So whatever the bases have under the name of a member is shadowed at once, as it is
// where a class has its members from the beginning. A run that traces has them so.

import * as host from "weir:host";
import { ComplexObject } from "../cdktf/complex.ts";
import { TerraformElement } from "../cdktf/element.ts";
import { isTracing } from "../cdktf/findings.ts";
import type { Member, Role, Shape } from "./shape.ts";

/** How a kind of classes has its members. */
export interface MemberKind {
  /** True for a provider's own class: it has what can be given alone. */
  readonly isProvider: boolean;
  /** The roles of a member, in the order in which they are defined. */
  roles(member: Member): readonly Role[];
  /** Defines a member in one of its roles. */
  define(prototype: object, name: string, shape: Shape, member: Member, role: Role): void;
}

const { defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf, hasOwn, setPrototypeOf } = Object;
const { get: getAs, has: hasAs, set: setAs } = Reflect;

/** The classes whose members are made one at a time, by their prototypes. */
const classes = new Map<object, ClassMembers>();

/** Names that were looked for with `in`, or will be by a program's texts: classes have them at once, since a proxy is not told who is asked. */
const asked = new Set<string>();
let askedNames = ""; // each behind a blank

function nameOf({ property }: Member, role: Role): string {
  if (role === "value") return property;
  return role === "input" ? `${property}Input` : `${role}${property.charAt(0).toUpperCase()}${property.slice(1)}`;
}

class ClassMembers {
  /** The prototype. */
  declare readonly home: object;
  private declare readonly shape: Shape;
  private declare readonly kind: MemberKind;
  private declare readonly made: { [name: string]: true };
  private declare isWhole: boolean;

  constructor(prototype: object, shape: Shape, kind: MemberKind) {
    this.home = prototype;
    this.shape = shape;
    this.kind = kind;
    this.made = { __proto__: null } as any;
    this.isWhole = false;
  }

  /** Makes those of these names, with a blank between each, that are members. */
  makeAmong(names: string): void {
    const found = host.shadowed(this.shape.number, names, this.kind.isProvider);
    if (found !== undefined) for (const name of found) this.make(name);
  }

  /** Makes the member of a name; false where there is none that was not made yet. */
  make(name: string): boolean {
    if (this.isWhole || this.made[name]) return false;
    const found = this.shape.named(name, this.kind.isProvider);
    if (found === undefined) return false;
    this.made[name] = true;
    this.kind.define(this.home, name, this.shape, found.member, found.role);
    return true;
  }

  /** Makes all, in their order; what a program has changed stays as it is. */
  makeAll(): void {
    if (this.isWhole) return;
    this.isWhole = true;
    const all = new Map<string, [Member, Role]>(); // of two with one name the later one counts
    for (const member of this.shape.members) for (const role of this.kind.roles(member)) all.set(nameOf(member, role), [member, role]);
    for (const [name, [member, role]] of all) {
      const known = getOwnPropertyDescriptor(this.home, name);
      if (known !== undefined && delete (this.home as any)[name]) defineProperty(this.home, name, known);
      else this.kind.define(this.home, name, this.shape, member, role);
    }
  }
}

/** From now on all classes have the member of a name at once; true if one gets it only now. */
function learn(name: string): boolean {
  if (asked.has(name)) return false;
  asked.add(name);
  askedNames += ` ${name}`;
  let isMade = false;
  for (const [, one] of classes) isMade = one.make(name) || isMade;
  return isMade;
}

/** Gives a class its members; `names` are those that its bases have. */
export function giveMembers(prototype: object, shape: Shape, kind: MemberKind, names: string): void {
  const members = new ClassMembers(prototype, shape, kind);
  const news = host.asked();
  if (news !== undefined) news.forEach(learn);
  members.makeAmong(names + askedNames);
  if (isTracing) members.makeAll();
  else classes.set(prototype, members);
}

/** What names a prototype and those before it have that a member could have too, for `giveMembers`. */
export function namesOfBases(prototype: object): string {
  const names = new Set<string>();
  for (let at = prototype; at !== null; at = getPrototypeOf(at)) {
    for (const name of getOwnPropertyNames(at)) if (/^[a-z0-9]/.test(name)) names.add(name);
  }
  return [...names].join(" ");
}

/** The class that something is of, whose members may not be made yet. */
function classOf(object: object, end: object): ClassMembers | undefined {
  for (let at = object; at !== null && at !== end; at = getPrototypeOf(at)) {
    const found = classes.get(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

let isAside = false;

/** Whether an object that is of no class here, or one of its bases, has a name. */
export function hasAside(object: object, name: string): boolean {
  isAside = true;
  try {
    return name in object;
  } finally {
    isAside = false;
  }
}

/** Who asks is not told: where that may be one of a class that has the name, only a run whose classes are whole tells. */
function isFoundLate(name: string): boolean {
  const isMade = !isAside && learn(name);
  if (isMade) host.suspect(true);
  return isMade;
}

/** Puts the proxy behind a prototype: what derives from that finds its members there. */
function openBehind(prototype: object): void {
  const proxy = new Proxy(Object.create(getPrototypeOf(prototype)), {
    get(target, name, receiver) {
      if (typeof name === "symbol") return getAs(target, name, receiver);
      const found = classOf(receiver, prototype);
      if (found === undefined) return getAs(target, name, receiver);
      if (receiver === found.home) found.makeAll(); // who looks at a prototype looks around
      return getAs(found.make(name) || hasOwn(receiver, name) ? found.home : target, name, receiver);
    },
    set(target, name, value, receiver) {
      const found = typeof name === "symbol" ? undefined : classOf(receiver, prototype);
      return setAs(found?.make(name as string) ? found.home : target, name, value, receiver);
    },
    has: (target, name) => hasAs(target, name) || (typeof name === "string" && isFoundLate(name)),
  });
  setPrototypeOf(prototype, proxy);
}

openBehind(TerraformElement.prototype);
openBehind(getPrototypeOf(getPrototypeOf(ComplexObject.prototype))); // what it has in common with lists and maps

/** Makes the members of a class whose prototype is looked at. */
function settle(object: any): void {
  classes.get(object)?.makeAll();
}

for (const [holder, name] of [
  [Object, "getOwnPropertyDescriptor"],
  [Object, "getOwnPropertyDescriptors"],
  [Object, "getOwnPropertyNames"],
  [Object, "hasOwn"],
  [Reflect, "getOwnPropertyDescriptor"],
  [Reflect, "ownKeys"],
] as Array<[any, string]>) {
  const original = holder[name];
  const value = {
    [name](object: any, property: any): any {
      settle(object);
      return original(object, property);
    },
  }[name];
  defineProperty(value, "length", { value: original.length });
  defineProperty(holder, name, { value });
}

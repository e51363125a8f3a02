// SPDX-License-Identifier: Apache-2.0
// Properties of generated classes: reading gives a token, `<x>Input` what was given, `put<X>` and `reset<X>` change it.
// Resources and their nested objects have them alike, so one function adds them to either.

import { call } from "../cdktf/expression.ts";
import type { AttributeGetters } from "../cdktf/attributes.ts";
import {
  BooleanMap,
  ComplexList,
  ComplexMap,
  ComplexObject,
  NumberMap,
  StringMap,
} from "../cdktf/complex.ts";
import type { IInterpolatingParent } from "../cdktf/addressable.ts";
import { isResolvable } from "../cdktf/resolve.ts";
import { Token } from "../cdktf/tokens.ts";
import { giveMembers, namesOfBases } from "./members.ts";
import type { MemberKind } from "./members.ts";
import { innerShape } from "./shape.ts";
import type { Access, Member, Shape } from "./shape.ts";
import { checkAssigned } from "./check.ts";
import { knownPart } from "./values.ts";

/** What holds properties: a resource, a data source or a nested object. */
export interface Holder extends AttributeGetters {
  /** What was given, by property. */
  readonly _given: { [property: string]: any };
  /** Nested objects and lists that were asked for, by property. */
  _parts: { [property: string]: Part } | undefined;
}

/** A nested object or list, which holds what was given to it. */
interface Part {
  internalValue: any;
}

const READ: { [access in Access]: (holder: AttributeGetters, name: string) => any } = {
  string: (holder, name) => holder.getStringAttribute(name),
  number: (holder, name) => holder.getNumberAttribute(name),
  bool: (holder, name) => holder.getBooleanAttribute(name),
  stringList: (holder, name) => holder.getListAttribute(name),
  numberList: (holder, name) => holder.getNumberListAttribute(name),
  stringMap: (holder, name) => holder.getStringMapAttribute(name),
  numberMap: (holder, name) => holder.getNumberMapAttribute(name),
  boolMap: (holder, name) => holder.getBooleanMapAttribute(name),
  stringSet: (holder, name) => Token.asList(call("tolist", [holder.getListAttribute(name)])),
  numberSet: (holder, name) => Token.asNumberList(call("tolist", [holder.getNumberListAttribute(name)])),
  anySet: (holder, name) => call("tolist", [holder.interpolationForAttribute(name)]),
  any: (holder, name) => holder.interpolationForAttribute(name),
};

/** Maps that are only read have a `lookup`. */
const LOOKUP: { [access: string]: new (parent: IInterpolatingParent, name: string) => any } = {
  stringMap: StringMap,
  numberMap: NumberMap,
  boolMap: BooleanMap,
};

/** What a property is worth now, in the program's spelling. */
export function inputOf(holder: Holder, member: Member): any {
  const part = holder._parts?.[member.property];
  return part === undefined ? knownPart(member, holder._given[member.property]) : part.internalValue;
}

/** How resources and nested objects have their members. */
const MEMBERS: MemberKind = {
  isProvider: false,
  roles: ({ isSettable, inner, isRequired }) =>
    isSettable === undefined ? ["value"]
    : inner === undefined ? (isRequired ? ["value", "input"] : ["value", "input", "reset"])
    : isRequired ? ["value", "input", "put"]
    : ["value", "input", "put", "reset"],
  define(prototype, name, shape, member, role) {
    const { property, inner, isSettable } = member;
    if (role === "put") defineMethod(prototype, name, setter(shape, member));
    else if (role === "value") {
      const get = inner === undefined ? valueGetter(member) : partGetter(member);
      defineAccessor(prototype, name, get, inner === undefined && isSettable ? setter(shape, member) : undefined);
    } else if (role === "input") {
      defineAccessor(prototype, name, function () {
        return inputOf(this, member);
      });
    } else {
      defineMethod(prototype, name, function () {
        assign(this, property, undefined);
      });
    }
  },
};

/** Gives a class the properties of its shape; `names` are those that its bases have (`namesOfBases`). */
export function defineMembers(prototype: object, shape: Shape, names: string): void {
  giveMembers(prototype, shape, MEMBERS, names);
}

function setter(shape: Shape, member: Member): Setter {
  return function (value) {
    checkAssigned(shape, member, value);
    assign(this, member.property, value);
  };
}

type Getter = (this: Holder) => any;
type Setter = (this: Holder, value: any) => void;

// One descriptor of each kind is filled in again and again.
const ACCESSOR: PropertyDescriptor = { get: undefined, set: undefined, configurable: true, enumerable: false };
const METHOD: PropertyDescriptor = { value: undefined, writable: true, configurable: true, enumerable: false };

/** Adds a property that is read and written by functions. */
export function defineAccessor(prototype: object, name: string, get: Getter, set?: Setter): void {
  ACCESSOR.get = get;
  ACCESSOR.set = set;
  Object.defineProperty(prototype, name, ACCESSOR);
}

/** Adds a method. */
export function defineMethod(prototype: object, name: string, value: Setter): void {
  METHOD.value = value;
  Object.defineProperty(prototype, name, METHOD);
}

function valueGetter({ name, access, isSettable }: Member): Getter {
  const Lookup = isSettable ? undefined : LOOKUP[access];
  const read = READ[access];
  if (access === "string") return function () {
    return this.getStringAttribute(name); // as most are: a call less
  };
  if (Lookup === undefined) return function () {
    return read(this, name);
  };
  return function () {
    return new Lookup(this, name);
  };
}

function partGetter(member: Member): () => any {
  return function (this: Holder) {
    const parts = (this._parts ??= {});
    return (parts[member.property] ??= makePart(this, member));
  };
}

function assign(holder: Holder, property: string, value: any): void {
  holder._given[property] = value;
  if (holder._parts !== undefined) delete holder._parts[property];
}

/** The object, list or map behind a property, with what was given to it. */
function makePart(holder: Holder, member: Member): Part {
  const { item, list, map } = classesOf(innerShape(member) as Shape);
  let part: any;
  if (member.holding === "list") part = new list(holder, member.name, member.isSet === true);
  else if (member.holding === "map") part = new map(holder, member.name);
  else part = new item(holder, member.name, false, member.isItem ? 0 : undefined);
  part.internalValue = holder._given[member.property];
  return part;
}

/** The classes of a nested shape. */
export interface StructClasses {
  /** One object: `<Name>OutputReference`. */
  readonly item: new (parent: IInterpolatingParent, name: string, isFromSet: boolean, index?: number | string) => any;
  /** `<Name>List`, with `get(index)`. */
  readonly list: new (parent: IInterpolatingParent, name: string, wrapsSet: boolean) => any;
  /** `<Name>Map`, with `get(key)`. */
  readonly map: new (parent: IInterpolatingParent, name: string) => any;
}

const ITEM_NAMES = `internalValue ${namesOfBases(ComplexObject.prototype)}`;

const classes = new WeakMap<Shape, StructClasses>();

export function classesOf(shape: Shape): StructClasses {
  let known = classes.get(shape);
  if (known === undefined) classes.set(shape, (known = makeClasses(shape)));
  return known;
}

function makeClasses(shape: Shape): StructClasses {
  const item = class extends ComplexObject {
    _given: { [property: string]: any } = {};
    _parts: { [property: string]: Part } | undefined;
    private _token: any; // a token that was given for all of it
    private _isEmpty = false;

    get internalValue(): any {
      if (this._token !== undefined) return this._token;
      const known: { [property: string]: any } = {};
      for (const member of shape.settable) {
        const value = inputOf(this, member);
        if (value !== undefined) known[member.property] = value;
      }
      return this._isEmpty || Object.keys(known).length > 0 ? known : undefined;
    }

    set internalValue(value: any) {
      const isToken = this.complexObjectIndex !== 0 && isResolvable(value);
      this._token = isToken ? value : undefined;
      this._isEmpty = value !== undefined && !isToken && Object.keys(value).length === 0;
      this._given = {};
      this._parts = undefined;
      if (value === undefined || isToken) return;
      for (const { property } of shape.settable) {
        if (value[property] !== undefined) this._given[property] = value[property];
      }
    }
  };
  defineMembers(item.prototype, shape, ITEM_NAMES);
  const list = class extends ComplexList {
    internalValue: any;

    get(index: number): any {
      return new item(this.terraformResource, this.terraformAttribute, this.wrapsSet, index);
    }
  };
  const map = class extends ComplexMap {
    internalValue: any;

    get(key: string): any {
      return new item(this.terraformResource, this.terraformAttribute, false, key);
    }
  };
  Object.defineProperty(item, "name", { value: `${shape.className}OutputReference` });
  Object.defineProperty(list, "name", { value: `${shape.className}List` });
  Object.defineProperty(map, "name", { value: `${shape.className}Map` });
  return { item, list, map };
}

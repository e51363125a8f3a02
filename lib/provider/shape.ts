// SPDX-License-Identifier: Apache-2.0
// A provider's schema as the shape of classes: which properties there are, what each is to Terraform, what it takes and what
// reading it gives. Plain data; everything else here is made from it.

import { checksOf } from "./facts.ts";
import type { Check, Fact, Facts } from "./facts.ts";
import { groupsOf } from "./groups.ts";
import type { Group } from "./groups.ts";
import { propertyName } from "./names.ts";
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

export interface Member {
  /** Terraform's name. */
  readonly name: string;
  /** The program's name. */
  readonly property: string;
  readonly holding: Holding;
  readonly access: Access;
  readonly isSettable: boolean;
  readonly isRequired: boolean;
  /** True if Terraform has a block here, false for an attribute. */
  readonly isBlock: boolean;
  /** True if a list of objects is a set to Terraform. */
  readonly isSet: boolean;
  /** True if one object is an item of a list to Terraform: the reference goes through `[0]`. */
  readonly isItem: boolean;
  /** Items that Terraform takes at least and at most; 0 for no limit. */
  readonly minItems: number;
  readonly maxItems: number;
  /** What a value, or each part of it, is checked for beyond its type. */
  readonly checks: readonly Check[];
  /** What it may refer to, and the attributes that are known to be right. */
  readonly wanted: Wanted | undefined;
  readonly targets: readonly string[];
  /** True if the provider refuses it, though its schema does not. */
  readonly isRefused: boolean;
  /** The object's own shape, where there is one. It is made when it is first asked for. */
  readonly shape?: () => Shape;
}

export interface Shape {
  /** How messages name it: `Instance`, `Instance.rootBlockDevice`. */
  readonly label: string;
  /** The name of its class without a suffix: `Instance`, `InstanceRootBlockDevice`. */
  readonly className: string;
  readonly members: readonly Member[];
  readonly settable: readonly Member[];
  readonly required: readonly Member[];
  readonly byProperty: ReadonlyMap<string, Member>;
  /** True where Terraform wants every attribute: those not given are null. */
  readonly isComplete: boolean;
  /** Rules about several properties. */
  readonly groups: readonly Group[];
}

// Types whose nested structure bindings leave open: it is copied as it is given, in Terraform's spelling.
const OPEN = new Set([
  "aws_quicksight_analysis.definition",
  "aws_quicksight_dashboard.definition",
  "aws_quicksight_template.definition",
  "aws_wafv2_rule_group.rule.statement",
  "aws_wafv2_web_acl.rule.statement",
]);

// Attributes that Terraform takes as if they were blocks: it wants each of their objects whole, so what isn't given is null.
const WHOLE = new Set([
  "aws_default_route_table.route",
  "aws_default_security_group.egress",
  "aws_default_security_group.ingress",
  "aws_emr_cluster.step",
  "aws_network_acl.egress",
  "aws_network_acl.ingress",
  "aws_route_table.route",
  "aws_security_group.egress",
  "aws_security_group.ingress",
]);

/** Where a shape is on the way down from its type. */
interface Place {
  readonly className: string;
  readonly label: string;
  /** The type and the attributes on the way, joined by dots. */
  readonly path: string;
  /** What is known of the attributes here beyond their schema. */
  readonly facts: Facts | undefined;
}

function below(place: Place, name: string, property: string): Place {
  const pascal = property.charAt(0).toUpperCase() + property.slice(1);
  const facts = factOf(place, name)?.of;
  return { className: place.className + pascal, label: `${place.label}.${property}`, path: `${place.path}.${name}`, facts };
}

function factOf(place: Place, name: string): Fact | undefined {
  return place.facts?.[name];
}

/** The shape of a type. */
export function typeShape(className: string, type: string, block: any, facts?: Facts): Shape {
  return blockShape({ className, label: className, path: type, facts }, block);
}

function blockShape(place: Place, block: any): Shape {
  const members = [
    ...Object.entries<any>(block.attributes ?? {}).map(([name, attribute]) => attributeMember(place, name, attribute)),
    ...Object.entries<any>(block.block_types ?? {}).map(([name, nested]) => blockMember(place, name, nested)),
  ];
  return shapeOf(place, members, false);
}

function shapeOf(place: Place, members: Member[], isComplete: boolean): Shape {
  return {
    label: place.label,
    className: place.className,
    members,
    settable: members.filter(({ isSettable }) => isSettable),
    required: members.filter(({ isSettable, isRequired }) => isSettable && isRequired),
    byProperty: new Map(members.map((member) => [member.property, member])),
    isComplete,
    groups: groupsOf(place.facts?.[""]),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const VALUE = { holding: "value", isBlock: false, isSet: false, isItem: false } as const;

const UNKNOWN = { minItems: 0, maxItems: 0, checks: [], wanted: undefined, targets: [], isRefused: false } as const;

/** What a member has of its facts, if it can be given; limits are those of its block, where it is one. */
function known(place: Place, name: string, isSettable: boolean, least: number = 0, most: number = 0) {
  if (!isSettable) return UNKNOWN;
  const fact = factOf(place, name);
  const [least2, most2] = fact?.items ?? [null, null];
  return {
    minItems: Math.max(least, least2 ?? 0),
    maxItems: most === 0 || most2 === null ? most || (most2 ?? 0) : Math.min(most, most2),
    checks: fact === undefined ? NO_CHECKS : checksOf(fact),
    wanted: wantedBy(name, fact),
    targets: fact?.refers_to ?? NO_TARGETS,
    isRefused: fact?.unsettable === true,
  };
}

const NO_CHECKS: readonly Check[] = [];
const NO_TARGETS: readonly string[] = [];

function attributeMember(place: Place, name: string, attribute: any): Member {
  const property = propertyName(name);
  const isSettable = Boolean(attribute.optional || attribute.required);
  const common = {
    ...VALUE,
    ...known(place, name, isSettable),
    name,
    property,
    isSettable,
    isRequired: Boolean(attribute.required),
  };
  if (OPEN.has(`${place.path}.${name}`)) return { ...common, access: "any" };
  if (attribute.nested_type !== undefined) {
    const { nesting_mode: mode, attributes } = attribute.nested_type;
    const shape = once(() => blockShape(below(place, name, property), { attributes }));
    return { ...common, access: "any", ...nesting(mode), shape };
  }
  return typedMember(common, place, attribute.type);
}

/** A member by Terraform's type expression, such as `["set", ["object", {…}]]`. */
function typedMember(common: Omit<Member, "access">, place: Place, type: any, isWhole: boolean = false): Member {
  const [collection, element] = Array.isArray(type) ? type : [undefined, type];
  const object = collection === "object" ? element : Array.isArray(element) && element[0] === "object" ? element[1] : undefined;
  if (object === undefined) return { ...common, access: accessOf(collection, element) };
  const shape = once(() => {
    const inner = below(place, common.name, common.property);
    return objectShape(inner, object, common.isSettable, isWhole || WHOLE.has(inner.path));
  });
  return { ...common, access: "any", ...nesting(collection === "object" ? "single" : collection), shape };
}

/** The shape of an object type: its attributes are given or computed as the whole is. */
function objectShape(place: Place, attributes: { [name: string]: any }, isSettable: boolean, isComplete: boolean): Shape {
  const members = Object.entries(attributes).map(([name, type]) => {
    const property = propertyName(name);
    const common = { ...VALUE, ...known(place, name, isSettable), name, property, isSettable, isRequired: false };
    return typedMember(common, place, type, isComplete);
  });
  return shapeOf(place, members, isComplete);
}

function nesting(mode: string): { holding: Holding; isSet: boolean } {
  if (mode === "single" || mode === "group") return { holding: "object", isSet: false };
  return { holding: mode === "map" ? "map" : "list", isSet: mode === "set" };
}

function blockMember(place: Place, name: string, nested: any): Member {
  const property = propertyName(name);
  const minItems = nested.min_items ?? 0;
  const maxItems = nested.max_items ?? 0;
  const { holding, isSet } = nesting(nested.nesting_mode);
  const isOne = holding === "list" && maxItems === 1;
  const isSettable = nested.nesting_mode !== "single" || canBeGiven(nested.block);
  const common = { name, property, isSettable, isRequired: minItems > 0, isBlock: true, ...known(place, name, isSettable, minItems, maxItems) } as const;
  if (OPEN.has(`${place.path}.${name}`)) return { ...common, holding: "value", access: "any", isSet: false, isItem: false };
  return {
    ...common,
    holding: isOne ? "object" : holding,
    access: "any",
    isSet: isSet && !isOne,
    isItem: isOne,
    shape: once(() => blockShape(below(place, name, property), nested.block)),
  };
}

/** False for a single block that the provider fills alone: nothing in it can be set. */
function canBeGiven(block: any): boolean {
  const attributes = Object.values<any>(block.attributes ?? {});
  return attributes.length === 0 || Object.keys(block.block_types ?? {}).length > 0 || attributes.some(({ optional, required }) => optional || required);
}

const ACCESS: { [type: string]: Access } = {
  string: "string",
  number: "number",
  bool: "bool",
  "list string": "stringList",
  "list number": "numberList",
  "map string": "stringMap",
  "map number": "numberMap",
  "map bool": "boolMap",
  "set string": "stringSet",
  "set number": "numberSet",
};

function accessOf(collection: string | undefined, element: any): Access {
  const key = collection === undefined ? element : `${collection} ${element}`;
  return ACCESS[key] ?? (collection === "set" ? "anySet" : "any");
}

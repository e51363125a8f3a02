// SPDX-License-Identifier: Apache-2.0
// Classes of a provider without a schema, made of names alone: what is given is written as it is, and whatever is read is a
// reference. It can't be seen what is a map, a block or a list: MAPS and Reference say what is taken for granted.

import type { IConstruct } from "../constructs/index.ts";
import type { ITerraformAddressable } from "../cdktf/addressable.ts";
import { TerraformDataSource } from "../cdktf/data-source.ts";
import { TerraformDynamicBlock, TerraformDynamicExpression } from "../cdktf/dynamic.ts";
import { call, propertyAccess, ref } from "../cdktf/expression.ts";
import { isTracing, rememberGiven } from "../cdktf/findings.ts";
import { TerraformProvider } from "../cdktf/provider.ts";
import { isResolvable } from "../cdktf/resolve.ts";
import type { IResolvable } from "../cdktf/resolvable.ts";
import { TerraformResource } from "../cdktf/resource.ts";
import { Token } from "../cdktf/tokens.ts";
import { importer, isMeta, metaOf } from "./classes.ts";
import type { ModuleType, TypeClass } from "./classes.ts";
import { attributeName } from "./names.ts";
import { openPrototype } from "./open.ts";
import { requiredProvider } from "./sources.ts";

/** Properties that hold maps, whose keys are the author's. */
const MAPS = /(^|[a-z0-9])([tT]ags|[lL]abels|[aA]nnotations|[vV]ariables)$|^(appSettings|binaryData|data)$/;
/** What properties look like: an object with a key that doesn't is a map. */
const PROPERTY = /^[a-z][A-Za-z0-9_]*$/;

/** A value in Terraform's spelling. */
function toTerraform(value: any): any {
  if (TerraformDynamicExpression.isTerraformDynamicExpression(value)) return TerraformDynamicBlock.fromDynamicExpression(value);
  if (Array.isArray(value)) return value.map(toTerraform);
  if (typeof value !== "object" || value === null || isResolvable(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const keys = Object.keys(value);
  const isMap = !keys.every((key) => PROPERTY.test(key));
  const written: { [name: string]: any } = {};
  for (const key of keys) {
    const isMapBelow = MAPS.test(key) && !Array.isArray(value[key]);
    written[isMap ? key : attributeName(key)] = isMapBelow ? value[key] : toTerraform(value[key]);
  }
  return written;
}

/**
 * A reference to an attribute, or to a part of one. Its parts are written so that they are right whatever it is:
 * `one(x[*].part)` holds for an object, a map, and a block as Terraform has it, and `tolist(x)` for lists and sets.
 */
class Reference implements IResolvable, ITerraformAddressable {
  readonly creationStack: string[] = [];
  private readonly _expression: IResolvable;

  constructor(expression: IResolvable) {
    this._expression = expression;
  }

  get fqn(): string {
    return this.toString();
  }

  resolve(): any {
    return this._expression;
  }

  toString(): string {
    return Token.asString(this._expression);
  }

  toJSON(): string {
    return this.toString();
  }

  /** An item of a list or set by its index, or of a map by its key. */
  get(key: number | string): any {
    if (typeof key !== "number") return new ItemReference(propertyAccess(this._expression, [key]));
    const index = Token.isUnresolved(key) ? key : ref(String(key));
    return new ItemReference(propertyAccess(call("tolist", [this._expression]), [index]));
  }

  lookup(key: string): any {
    return this.get(key);
  }

  _part(name: string): IResolvable {
    return call("one", [propertyAccess(this._expression, ["*", name])]);
  }
}

/** An item of a collection: no collection itself, so that its parts can be reached directly. */
class ItemReference extends Reference {
  _part(name: string): IResolvable {
    return propertyAccess(this, [name]);
  }
}

Object.setPrototypeOf(
  Reference.prototype,
  openPrototype(Object.prototype, { read: (holder: Reference, property) => new Reference(holder._part(attributeName(property))) }),
);

/** The class of a type. */
export function unknownClass(provider: string, { kind, type, className }: ModuleType): TypeClass {
  const { source, version } = requiredProvider(provider);
  const metadata = { providerName: provider, providerVersionConstraint: version };
  const made = kind === "provider" ? providerClass(type, source, metadata) : resourceClass(kind, type, metadata);
  Object.defineProperty(made, "name", { value: className });
  return made;
}

function resourceClass(kind: "resource" | "data", type: string, terraformGeneratorMetadata: any): TypeClass {
  const Base: any = kind === "data" ? TerraformDataSource : TerraformResource;
  const fixed = Object.freeze({ terraformResourceType: type, terraformGeneratorMetadata });
  const Made = class extends Base {
    static readonly tfResourceType = type;
    static readonly generateConfigForImport = importer(type);

    constructor(scope: IConstruct, id: string, config: any = {}) {
      super(scope, id, metaOf(config, fixed));
      if (isTracing) rememberGiven(this, config);
      this._given = Object.fromEntries(Object.entries(config).filter(([property]) => !isMeta(property)));
    }

    protected synthesizeAttributes(): { [name: string]: any } {
      return toTerraform(this._given);
    }
  };
  return opened(Made, isMeta, (holder, property) => new Reference(holder.interpolationForAttribute(attributeName(property))));
}

function providerClass(type: string, source: string, terraformGeneratorMetadata: any): TypeClass {
  const Made = class extends TerraformProvider {
    static readonly tfResourceType = type;
    static readonly generateConfigForImport = importer(type);
    readonly _given: { [property: string]: any };

    constructor(scope: IConstruct, id: string, config: any = {}) {
      super(scope, id, { terraformResourceType: type, terraformGeneratorMetadata, terraformProviderSource: source });
      this._given = { ...config };
    }

    get alias(): string | undefined {
      return this._given?.alias;
    }

    set alias(value: string | undefined) {
      this._given.alias = value;
    }

    protected synthesizeAttributes(): { [name: string]: any } {
      return toTerraform(this._given);
    }
  };
  return opened(Made, () => false, (holder, property) => holder._given[property]);
}

/**
 * A class whose objects have any attribute: reading is `attribute`'s affair, setting changes what was given. Beside it there are
 * `<x>Input`, `put<X>` and `reset<X>`, as other classes have them.
 */
function opened(made: any, isOwn: (property: string) => boolean, attribute: (holder: any, property: string) => any): TypeClass {
  const read = (holder: any, property: string): any => {
    if (isOwn(property) || holder._given === undefined) return undefined;
    if (property.endsWith("Input")) return holder._given[property.slice(0, -"Input".length)];
    const [, first, rest] = /^(?:put|reset)([A-Z])(.*)$/.exec(property) ?? [];
    if (first === undefined) return attribute(holder, property);
    return (value: any): void => {
      holder._given[first.toLowerCase() + rest] = value;
    };
  };
  // What a program derives has properties of its own.
  const write = (holder: any, property: string, value: any): boolean => {
    if (isOwn(property) || holder._given === undefined || Object.getPrototypeOf(holder) !== made.prototype) return false;
    holder._given[property] = value;
    return true;
  };
  Object.setPrototypeOf(made.prototype, openPrototype(Object.getPrototypeOf(made.prototype), { read, write }));
  return made;
}

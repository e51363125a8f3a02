// SPDX-License-Identifier: Apache-2.0
// References into structured attributes: objects, lists of objects and maps, each of which gives references to its parts.

import type { IInterpolatingParent, ITerraformAddressable } from "./addressable.ts";
import { addAttributeGetters } from "./attributes.ts";
import type { AttributeGetters } from "./attributes.ts";
import { call, propertyAccess } from "./expression.ts";
import { DynamicListTerraformIterator } from "./iterator.ts";
import type { IResolvable, IResolveContext } from "./resolvable.ts";
import { Token } from "./tokens.ts";

const NO_STACK: string[] = [];

/** An attribute of a parent, as a token. */
abstract class ComplexResolvable implements IResolvable, ITerraformAddressable {
  readonly creationStack: string[] = NO_STACK;
  protected terraformResource: IInterpolatingParent;
  protected terraformAttribute: string;

  constructor(terraformResource: IInterpolatingParent, terraformAttribute: string) {
    this.terraformResource = terraformResource;
    this.terraformAttribute = terraformAttribute;
  }

  abstract computeFqn(): string;

  private _address?: string;

  /** One token for all uses: a stack knows references of others again by it. */
  get fqn(): string {
    return (this._address ??= this.computeFqn());
  }

  resolve(_context: IResolveContext): any {
    return this.fqn;
  }

  toString(): string {
    return Token.asString(this);
  }

  /** The attribute itself. */
  protected _whole(): IResolvable {
    return this.terraformResource.interpolationForAttribute(this.terraformAttribute);
  }

  /** What follows the attribute directly, such as `["key"]`. */
  protected _follow(step: string): IResolvable {
    return this.terraformResource.interpolationForAttribute(`${this.terraformAttribute}${step}`);
  }
}

function tolist(value: IResolvable): IResolvable {
  return call("tolist", [value]);
}

interface ComplexComputedAttribute extends AttributeGetters {}

/** An object whose attributes can be referred to. */
abstract class ComplexComputedAttribute extends ComplexResolvable implements IInterpolatingParent {
  abstract interpolationForAttribute(terraformAttribute: string): any;
}

addAttributeGetters(ComplexComputedAttribute.prototype);

/** A map whose values are looked up by key. */
abstract class KeyedMap extends ComplexResolvable {
  computeFqn(): string {
    return Token.asString(this._whole());
  }

  protected valueAt(key: string): IResolvable {
    return this._follow(`["${key}"]`);
  }
}

export class StringMap extends KeyedMap {
  lookup(key: string): string {
    return Token.asString(this.valueAt(key));
  }
}

export class NumberMap extends KeyedMap {
  lookup(key: string): number {
    return Token.asNumber(this.valueAt(key));
  }
}

export class BooleanMap extends KeyedMap {
  lookup(key: string): IResolvable {
    return this.valueAt(key);
  }
}

export class AnyMap extends KeyedMap {
  lookup(key: string): any {
    return Token.asAny(this.valueAt(key));
  }
}

/** An item of a list of objects, by its index. */
export class ComplexComputedList extends ComplexComputedAttribute {
  protected complexComputedListIndex: string;
  protected wrapsSet: boolean | undefined;

  constructor(terraformResource: IInterpolatingParent, terraformAttribute: string, complexComputedListIndex: string, wrapsSet?: boolean) {
    super(terraformResource, terraformAttribute);
    this.complexComputedListIndex = complexComputedListIndex;
    this.wrapsSet = wrapsSet;
  }

  interpolationForAttribute(property: string): IResolvable {
    if (this.wrapsSet) return propertyAccess(tolist(this._whole()), [this.complexComputedListIndex, property]);
    return this._follow(`[${this.complexComputedListIndex}].${property}`);
  }

  computeFqn(): string {
    const item = this.wrapsSet
      ? propertyAccess(tolist(this._whole()), [this.complexComputedListIndex])
      : this._follow(`[${this.complexComputedListIndex}]`);
    return Token.asString(item);
  }
}

/** A list or set; a set is made a list where an item is taken of it. */
export abstract class ComplexList extends ComplexResolvable {
  protected wrapsSet: boolean;

  constructor(terraformResource: IInterpolatingParent, terraformAttribute: string, wrapsSet: boolean) {
    super(terraformResource, terraformAttribute);
    this.wrapsSet = wrapsSet;
  }

  computeFqn(): string {
    return Token.asString(this.wrapsSet ? tolist(this._whole()) : this._whole());
  }

  /** An iterator over the items, each under the value of one of its attributes. */
  allWithMapKey(mapKeyAttributeName: string): DynamicListTerraformIterator {
    return new DynamicListTerraformIterator(this as any, mapKeyAttributeName);
  }

  protected item(index: number): IResolvable {
    return this._follow(`[${index}]`);
  }
}

export class BooleanList extends ComplexList {
  get(index: number): IResolvable {
    return call("element", [this.wrapsSet ? tolist(this._whole()) : this._whole(), index]);
  }
}

export class StringListList extends ComplexList {
  get(index: number): string[] {
    return Token.asList(this.item(index));
  }
}

export class NumberListList extends ComplexList {
  get(index: number): number[] {
    return Token.asNumberList(this.item(index));
  }
}

export class BooleanListList extends ComplexList {
  get(index: number): IResolvable {
    return this.item(index);
  }
}

export class AnyListList extends BooleanListList {}

/** A map of objects or lists, whose parts are reached through it. */
export abstract class ComplexMap extends ComplexResolvable implements IInterpolatingParent {
  computeFqn(): string {
    return Token.asString(this._whole());
  }

  interpolationForAttribute(property: string): IResolvable {
    return this._follow(property);
  }
}

export class StringListMap extends ComplexMap {
  get(key: string): string[] {
    return Token.asList(this._follow(`[${key}]`));
  }
}

export class NumberListMap extends ComplexMap {
  get(key: string): number[] {
    return Token.asNumberList(this._follow(`[${key}]`));
  }
}

export class BooleanListMap extends ComplexMap {
  get(key: string): IResolvable {
    return this._follow(`[${key}]`);
  }
}

export class AnyListMap extends BooleanListMap {}

/** An object: one that stands alone, the item of a list or set, or the value of a map. */
export class ComplexObject extends ComplexComputedAttribute {
  protected complexObjectIsFromSet: boolean;
  protected complexObjectIndex: number | string | undefined;

  constructor(
    terraformResource: IInterpolatingParent,
    terraformAttribute: string,
    complexObjectIsFromSet: boolean,
    complexObjectIndex?: number | string,
  ) {
    super(terraformResource, terraformAttribute);
    this.complexObjectIsFromSet = complexObjectIsFromSet;
    this.complexObjectIndex = complexObjectIndex;
  }

  interpolationForAttribute(property: string): IResolvable {
    const index = this.complexObjectIndex;
    if (index === undefined) return this._follow(`.${property}`);
    if (this.complexObjectIsFromSet) return propertyAccess(tolist(this._whole()), [index, property]);
    return this._follow(`[${index}].${property}`);
  }

  protected interpolationAsList(): IResolvable {
    return this._follow(".*");
  }

  computeFqn(): string {
    const index = this.complexObjectIndex;
    if (index === undefined) return Token.asString(this._whole());
    if (this.complexObjectIsFromSet) return Token.asString(propertyAccess(tolist(this._whole()), [index]));
    return Token.asString(this._follow(`[${index}]`));
  }
}

/** A list or set of maps. */
export abstract class MapList extends ComplexList implements IInterpolatingParent {
  interpolationForAttribute(property: string): IResolvable {
    return this.wrapsSet ? propertyAccess(tolist(this._whole()), ["0", property]) : this._follow(property);
  }
}

export class StringMapList extends MapList {
  get(index: number): StringMap {
    return new StringMap(this, `[${index}]`);
  }
}

export class NumberMapList extends MapList {
  get(index: number): NumberMap {
    return new NumberMap(this, `[${index}]`);
  }
}

export class BooleanMapList extends MapList {
  get(index: number): BooleanMap {
    return new BooleanMap(this, `[${index}]`);
  }
}

export class AnyMapList extends MapList {
  get(index: number): AnyMap {
    return new AnyMap(this, `[${index}]`);
  }
}

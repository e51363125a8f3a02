// SPDX-License-Identifier: Apache-2.0
// Iterators: one resource, block or expression for each item of something that only Terraform knows.

import { TerraformDynamicExpression } from "./dynamic.ts";
import { FOR_EXPRESSION_KEY, FOR_EXPRESSION_VALUE, forExpression, propertyAccess, ref } from "./expression.ts";
import { FnGenerated } from "./fn.ts";
import type { IResolvable, IResolveContext } from "./resolvable.ts";
import type { ITerraformResource } from "./resource.ts";
import { Lazy, Token } from "./tokens.ts";

/** What `forEach` of a resource takes. */
export interface ITerraformIterator {
  /** What Terraform's `for_each` gets. */
  _getForEachExpression(): any;
}

type ListType = string[] | number[] | Array<boolean | IResolvable> | IResolvable;
type MapType = { [key: string]: any };

/** A reference that is `each.…` in resources and dynamic blocks, and the variable of the `for` in its expressions. */
function item(inBlock: string, inFor: IResolvable): IResolvable {
  const outside = ref(inBlock);
  return Lazy.anyValue({
    produce: (context: IResolveContext) => (context.iteratorContext === "FOR_EXPRESSION" ? inFor : outside),
  });
}

/**
 * Walks over a list, a map, a complex list, or the copies of another resource.
 * @example
 * const names = TerraformIterator.fromList(variable.listValue);
 * new SqsQueue(this, "queue", { forEach: names, name: Token.asString(names.value) });
 */
export abstract class TerraformIterator implements ITerraformIterator {
  abstract _getForEachExpression(): any;

  /** Over a list or set of simple values. Terraform sees it as a set, so that doubles count once. */
  static fromList(list: ListType): ListTerraformIterator {
    return new ListTerraformIterator(list);
  }

  /**
   * Over a list of objects.
   * @param mapKeyAttributeName the attribute that tells the items apart
   */
  static fromComplexList(list: any, mapKeyAttributeName: string): DynamicListTerraformIterator {
    return new DynamicListTerraformIterator(list, mapKeyAttributeName);
  }

  /** Over a map, by its keys. */
  static fromMap(map: MapType): MapTerraformIterator {
    return new MapTerraformIterator(map);
  }

  /** Over the copies of a resource that has `forEach` itself. */
  static fromResources(resource: ITerraformResource): ResourceTerraformIterator {
    return new ResourceTerraformIterator(resource);
  }

  /** Over the copies of a data source that has `forEach` itself. */
  static fromDataSources(resource: ITerraformResource): ResourceTerraformIterator {
    return new ResourceTerraformIterator(resource);
  }

  /** An attribute of the item at hand, by its name in Terraform, as text. */
  getString(attribute: string): string {
    return Token.asString(this.attribute(attribute));
  }

  getNumber(attribute: string): number {
    return Token.asNumber(this.attribute(attribute));
  }

  getBoolean(attribute: string): IResolvable {
    return Token.asAny(this.attribute(attribute));
  }

  getAny(attribute: string): IResolvable {
    return Token.asAny(this.attribute(attribute));
  }

  getList(attribute: string): string[] {
    return Token.asList(this.attribute(attribute));
  }

  getNumberList(attribute: string): number[] {
    return Token.asNumberList(this.attribute(attribute));
  }

  getMap(attribute: string): { [key: string]: any } {
    return Token.asAnyMap(this.attribute(attribute));
  }

  getStringMap(attribute: string): { [key: string]: string } {
    return Token.asStringMap(this.attribute(attribute));
  }

  getNumberMap(attribute: string): { [key: string]: number } {
    return Token.asNumberMap(this.attribute(attribute));
  }

  getBooleanMap(attribute: string): { [key: string]: boolean } {
    return Token.asBooleanMap(this.attribute(attribute));
  }

  getAnyMap(attribute: string): { [key: string]: any } {
    return Token.asAnyMap(this.attribute(attribute));
  }

  /** The item at hand. */
  protected _getValue(): any {
    return item("each.value", FOR_EXPRESSION_VALUE);
  }

  /** Its key: the index of a list, the key of a map. */
  protected _getKey(): any {
    return item("each.key", FOR_EXPRESSION_KEY);
  }

  private attribute(name: string): IResolvable {
    return propertyAccess(this._getValue(), [name]);
  }

  /**
   * Content that repeats for each item, for an attribute or block.
   * @param attributes names as Terraform has them: they are not turned into snake case
   * @example new SecurityGroup(this, "web", { ingress: ports.dynamic({ from_port: ports.value, to_port: ports.value }) });
   */
  dynamic(attributes: { [key: string]: any }): IResolvable {
    return new TerraformDynamicExpression({ iterator: this, content: attributes });
  }

  /** All keys as a list. */
  keys(): IResolvable {
    return this.forEachItem(FOR_EXPRESSION_KEY);
  }

  /** All items as a list. */
  values(): IResolvable {
    return this.forEachItem(FOR_EXPRESSION_VALUE);
  }

  /** One property of each item, as a list. */
  pluckProperty(property: string): IResolvable {
    return this.forEachItem(propertyAccess(FOR_EXPRESSION_VALUE, [property]));
  }

  /**
   * A list with an expression for each item.
   * @param expression code over `key` and `val`, or an expression with FOR_EXPRESSION_KEY and FOR_EXPRESSION_VALUE
   */
  forExpressionForList(expression: string | IResolvable): IResolvable {
    return this.forEachItem(expression);
  }

  /** A map with a key and a value for each item. */
  forExpressionForMap(keyExpression: string | IResolvable, valueExpression: string | IResolvable): IResolvable {
    return this.forEachItem(valueExpression, keyExpression);
  }

  private forEachItem(value: any, key?: any): IResolvable {
    return forExpression(this._getForEachExpression(), value, key);
  }
}

/** Over a list of simple values: key and value are the same. */
export class ListTerraformIterator extends TerraformIterator {
  private readonly list: ListType;

  constructor(list: ListType) {
    super();
    this.list = list;
  }

  get key(): any {
    return this._getKey();
  }

  get value(): any {
    return this._getValue();
  }

  _getForEachExpression(): any {
    return FnGenerated.toset(this.list);
  }
}

/** Over a map. */
export class MapTerraformIterator extends TerraformIterator {
  private readonly map: MapType;

  constructor(map: MapType) {
    super();
    this.map = map;
  }

  _getForEachExpression(): any {
    return Token.asString(this.map);
  }

  get key(): string {
    return Token.asString(this._getKey());
  }

  get value(): any {
    return this._getValue();
  }
}

/** Over the copies of a resource or data source. */
export class ResourceTerraformIterator extends TerraformIterator {
  private readonly element: ITerraformResource;

  constructor(element: ITerraformResource) {
    super();
    if (element.count) throw new Error("You can't iterate over a resource with `count`; give it `forEach` instead.");
    if (!element.forEach) throw new Error("You can't iterate over a resource without `forEach`; give it an iterator first.");
    this.element = element;
  }

  get key(): any {
    return this._getKey();
  }

  get value(): any {
    return this._getValue();
  }

  _getForEachExpression(): any {
    return this.element.fqn;
  }
}

/** Over a list of objects, as a map by one of their attributes; a `for` over it needs no map. */
export class DynamicListTerraformIterator extends MapTerraformIterator {
  private readonly items: any;
  private readonly mapKeyAttributeName: string;

  constructor(list: any, mapKeyAttributeName: string) {
    super(list);
    this.items = list;
    this.mapKeyAttributeName = mapKeyAttributeName;
  }

  _getForEachExpression(): any {
    const key = propertyAccess(FOR_EXPRESSION_VALUE, [this.mapKeyAttributeName]);
    const map = forExpression(this.items, FOR_EXPRESSION_VALUE, key);
    return Lazy.anyValue({
      produce: (context: IResolveContext) => (context.iteratorContext === "FOR_EXPRESSION" ? this.items : map),
    });
  }
}

// SPDX-License-Identifier: Apache-2.0
// What can be depended on: a construct, a group of them, or any object that a trait was given to.

import type { IConstruct } from "./construct.ts";

/** A marker: something that other constructs may depend on. */
export interface IDependable {}

const TRAIT = Symbol.for("@aws-cdk/core.DependableTrait");

/** The trait of what can be depended on: which constructs have to be there first. */
export abstract class Dependable {
  static implement(instance: IDependable, trait: Dependable): void {
    Object.defineProperty(instance, TRAIT, { value: trait, configurable: true });
  }

  /** Gives every object of a prototype its trait. */
  static implementBy(prototype: object, trait: (instance: IDependable) => Dependable): void {
    Object.defineProperty(prototype, TRAIT, {
      get(): Dependable {
        return trait(this);
      },
      configurable: true,
    });
  }

  /** The trait of an object; throws if it has none. */
  static of(instance: IDependable): Dependable {
    const trait = (instance as any)[TRAIT];
    if (!trait) throw new Error(`${instance} does not implement IDependable. Use "Dependable.implement()" to implement`);
    return trait;
  }

  /** @deprecated use `of` */
  static get(instance: IDependable): Dependable {
    return Dependable.of(instance);
  }

  abstract readonly dependencyRoots: IConstruct[];
}

/** Several dependencies as one, which may grow later. */
export class DependencyGroup implements IDependable {
  private readonly members: IDependable[] = [];

  constructor(...deps: IDependable[]) {
    const members = this.members;
    Dependable.implement(this, {
      get dependencyRoots(): IConstruct[] {
        return members.flatMap((member) => Dependable.of(member).dependencyRoots);
      },
    });
    this.add(...deps);
  }

  add(...scopes: IDependable[]): void {
    this.members.push(...scopes);
  }
}

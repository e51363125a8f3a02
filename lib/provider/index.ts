// SPDX-License-Identifier: Apache-2.0
// Bindings of providers without a package: what a module such as `@cdktf/provider-aws/lib/sqs-queue` exports.

import "../cdktf/index.ts"; // first: its files import each other, and begin there
import * as host from "weir:host";
import "../cdktf/index.ts"; // first: its modules know each other in a ring, which has to be entered where it begins
import { shapeOfClass, typeClass } from "./classes.ts";
import { openPrototype } from "./open.ts";
import { innerShape } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { classesOf } from "./struct.ts";
import { structToTerraform } from "./values.ts";

/**
 * One export of a module: its class, a class of one of its nested objects (`…OutputReference`, `…List`, `…Map`), or the
 * function that makes such an object Terraform's (`…ToTerraform`). Undefined if the module has no such export.
 *
 * @example moduleExport("aws", "sqs-queue", "SqsQueue")
 */
export function moduleExport(provider: string, module: string, name: string): any {
  const type = host.module(provider, module);
  if (type === undefined) return undefined;
  const made = typeClass(provider, type);
  if (name === type.className) return made;
  const shape = shapeOfClass(made);
  // Without a schema nothing tells whether the class has the A of one whose name is a struct's.
  if (shape === undefined) return name === `${type.className}A` ? made : undefined;
  return nestedExport(shape, name);
}

const SUFFIXES: Array<[string, (shape: Shape) => any]> = [
  ["OutputReference", (shape) => classesOf(shape).item],
  ["List", (shape) => classesOf(shape).list],
  ["Map", (shape) => classesOf(shape).map],
  ["ToTerraform", (shape) => (value: any) => structToTerraform(shape, value)],
];

function nestedExport(shape: Shape, name: string): any {
  const pascal = name.charAt(0).toUpperCase() + name.slice(1);
  for (const [suffix, make] of SUFFIXES) {
    const nested = pascal.endsWith(suffix) ? findShape(shape, pascal.slice(0, -suffix.length)) : undefined;
    if (nested !== undefined) return make(nested);
  }
  return undefined;
}

/** The nested shape of a class name: only shapes whose name it begins with are entered. */
function findShape(shape: Shape, name: string): Shape | undefined {
  if (shape.className === name) return shape;
  for (const member of shape.members) {
    const start = shape.className + member.property.charAt(0).toUpperCase() + member.property.slice(1);
    const inner = name.startsWith(start) ? innerShape(member) : undefined;
    const found = inner && findShape(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All of a module's exports: its class and those of nested objects are made when they are read. */
export function moduleExports(provider: string, module: string): { [name: string]: any } {
  const { className } = host.module(provider, module);
  const made = new Map<string, any>();
  const read = (name: string | symbol): any => {
    if (typeof name === "symbol" || name === className) return undefined;
    if (!made.has(name)) made.set(name, moduleExport(provider, module, name));
    return made.get(name);
  };
  const nested = new Proxy({}, { get: (_, name) => read(name), has: (_, name) => read(name) !== undefined });
  const all = Object.create(nested);
  const describe = (how: PropertyDescriptor): void => {
    Object.defineProperty(all, className, { ...how, enumerable: true, configurable: true });
  };
  describe({
    get: () => {
      const value = moduleExport(provider, module, className);
      describe({ value });
      return value;
    },
  });
  return all;
}

/** What a package's barrel exports under a name, such as `sqsQueue`: all of that module. */
export function barrelExport(provider: string, name: string): any {
  const module = host.moduleOf(provider, name);
  return module && moduleExports(provider, module);
}

/** All modules of a provider, each made when it is read. */
export function packageExports(provider: string): { [module: string]: any } {
  const all: { [module: string]: any } = {};
  if (host.provider(provider) === undefined) return Object.setPrototypeOf(all, openPrototype(Object.prototype, { read: (_, name) => barrelExport(provider, name) }));
  for (const name of host.barrel(provider) ?? []) {
    let made: any;
    Object.defineProperty(all, name, { get: () => (made ??= barrelExport(provider, name)), enumerable: true });
  }
  return all;
}

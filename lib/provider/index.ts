// SPDX-License-Identifier: Apache-2.0
// Bindings of providers without a package: what a module such as `@cdktf/provider-aws/lib/sqs-queue` exports.

import "../cdktf/index.ts"; // first: its files import each other, and begin there
import * as host from "weir:host";
import { typeClass } from "./classes.ts";
import type { TypeClass } from "./classes.ts";
import { className, moduleName, moduleType, propertyName } from "./names.ts";
import type { TypeKind } from "./names.ts";
import type { Shape } from "./shape.ts";
import { classesOf } from "./struct.ts";
import { structToTerraform } from "./values.ts";

/** The class of a type, such as `resourceClass("aws", "resource", "aws_sqs_queue")`; undefined if there is none. */
export function resourceClass(provider: string, kind: TypeKind, type: string): TypeClass | undefined {
  return typeClass(provider, { kind, type });
}

/** True if a provider has a module of that name. */
export function hasModule(provider: string, module: string): boolean {
  const { kind, type } = moduleType(provider, module);
  return host.schema(provider, kind, type) !== undefined;
}

/**
 * One export of a module: its class, a class of one of its nested objects (`…OutputReference`, `…List`, `…Map`), or the
 * function that makes such an object Terraform's (`…ToTerraform`). Undefined if the module has no such export.
 *
 * @example moduleExport("aws", "sqs-queue", "SqsQueue")
 */
export function moduleExport(provider: string, module: string, name: string): any {
  const type = moduleType(provider, module);
  const main = className(provider, type);
  if (name === main) return typeClass(provider, type);
  const shape: Shape | undefined = (typeClass(provider, type) as any)?.shape;
  return shape === undefined ? undefined : nestedExport(shape, name);
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
    const found = member.shape !== undefined && name.startsWith(start) ? findShape(member.shape(), name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All of a module's exports: its class and those of nested objects are made when they are read. */
export function moduleExports(provider: string, module: string): { [name: string]: any } {
  return new Proxy({} as { [name: string]: any }, {
    get: (_, name) => (typeof name === "string" ? moduleExport(provider, module, name) : undefined),
    has: (_, name) => typeof name === "string" && moduleExport(provider, module, name) !== undefined,
    ownKeys: () => [mainExport(provider, module)],
    getOwnPropertyDescriptor: (_, name) =>
      name === mainExport(provider, module)
        ? { value: moduleExport(provider, module, name as string), enumerable: true, configurable: true }
        : undefined,
  });
}

/** The name of a module's class. */
export function mainExport(provider: string, module: string): string {
  return className(provider, moduleType(provider, module));
}

/** What a package's barrel exports: each module under its name in camel case. */
export function barrelNames(provider: string): { [name: string]: string } {
  const { resource = [], data = [] } = host.modules(provider) ?? {};
  const names = [
    ...resource.map((type: string) => moduleName(provider, "resource", type)),
    ...data.map((type: string) => moduleName(provider, "data", type)),
    "provider",
  ];
  return Object.fromEntries(names.map((name) => [propertyName(name.replaceAll("-", "_")), name]));
}

/** All modules of a provider, each made when it is read. */
export function packageExports(provider: string): { [module: string]: any } {
  const all: { [module: string]: any } = {};
  for (const [name, module] of Object.entries(barrelNames(provider))) {
    let made: any;
    Object.defineProperty(all, name, { get: () => (made ??= moduleExports(provider, module)), enumerable: true });
  }
  return all;
}

// SPDX-License-Identifier: Apache-2.0
// Helpers for tests of apps: an app that leaves no trace, a stack's JSON as text, and questions about that text.

import * as host from "weir:host";
import type { Construct, IConstruct } from "../constructs/index.ts";
import { App, exemptFromSynth } from "./app.ts";
import { invokeAspects } from "./aspects.ts";
import * as matchers from "./matchers.ts";
import { TerraformStack } from "./stack.ts";
import { toJson } from "./text.ts";

/** Makes constructs in a scope. */
export interface IScopeCallback {
  (scope: Construct): void;
}

export interface TestingAppConfig {
  readonly outdir?: string;
  /** @default false */
  readonly stackTraces?: boolean;
  /** Writes `stubbed` for the version, so that expectations outlive it. @default true */
  readonly stubVersion?: boolean;
  readonly enableFutureFlags?: boolean;
  /** Lets relative assets start in the working directory. @default false */
  readonly fakeCdktfJsonPath?: boolean;
  readonly context?: { [key: string]: any };
}

const STUB = "stubbed";

/**
 * Helpers for tests.
 * @example
 * const text = Testing.synthScope((scope) => new SqsQueue(scope, "q", { name: "orders" }));
 * Testing.toHaveResourceWithProperties(text, SqsQueue.tfResourceType, { name: "orders" }); // true
 */
export class Testing {
  /** An app for tests. It may stay without `synth`. */
  static app(options: TestingAppConfig = {}): App {
    const { stubVersion = true, enableFutureFlags = true, fakeCdktfJsonPath = false, ...config } = options;
    const app = new App({ stackTraces: false, ...config });
    exemptFromSynth(app);
    if (stubVersion) Testing.stubVersion(app);
    if (enableFutureFlags) Testing.enableFutureFlags(app);
    if (fakeCdktfJsonPath) Testing.fakeCdktfJsonPath(app);
    return app;
  }

  /** Writes `stubbed` in place of the version. */
  static stubVersion(app: App): App {
    app.node.setContext("cdktfVersion", STUB);
    (app.manifest as any).version = STUB;
    return app;
  }

  /** Lets relative assets start in the working directory. */
  static fakeCdktfJsonPath(app: App): App {
    app.node.setContext("cdktfJsonPath", `${host.cwd()}/cdktf.json`);
    app.node.setContext("cdktfRelativeModules", ["./"]);
    return app;
  }

  /** There are no such flags at present. */
  static enableFutureFlags(app: App): App {
    return app;
  }

  /** The JSON of a stack that holds what `fn` makes. */
  static synthScope(fn: IScopeCallback): string {
    const stack = new TerraformStack(Testing.app(), "stack");
    fn(stack);
    return Testing.synth(stack);
  }

  /**
   * A stack's JSON, without its metadata.
   * @param runValidations whether validations may refuse it; by default they are not asked
   */
  static synth(stack: TerraformStack, runValidations: boolean = false): string {
    invokeAspects(stack);
    if (runValidations) stack.runAllValidations();
    return toJson(withoutMetadata(stack.toTerraform()));
  }

  /** Writes the app of a stack, and returns the folder. */
  static fullSynth(stack: TerraformStack): string {
    const app = App.of(stack);
    app.synth();
    return app.outdir;
  }

  /** The tree of constructs as text. */
  static renderConstructTree(construct: IConstruct): string {
    return renderTree(construct, 0, true);
  }

  static toHaveDataSourceWithProperties(received: string, resourceType: string, properties: Record<string, any> = {}): boolean {
    return matchers.getToHaveDataSourceWithProperties()(received, { tfResourceType: resourceType }, properties).pass;
  }

  static toHaveDataSource(received: string, resourceType: string): boolean {
    return Testing.toHaveDataSourceWithProperties(received, resourceType);
  }

  /** True if a resource of the type has the properties, in either spelling, and maybe more. */
  static toHaveResourceWithProperties(received: string, resourceType: string, properties: Record<string, any> = {}): boolean {
    return matchers.getToHaveResourceWithProperties()(received, { tfResourceType: resourceType }, properties).pass;
  }

  static toHaveResource(received: string, resourceType: string): boolean {
    return Testing.toHaveResourceWithProperties(received, resourceType);
  }

  static toHaveProviderWithProperties(received: string, resourceType: string, properties: Record<string, any> = {}): boolean {
    return matchers.getToHaveProviderWithProperties()(received, { tfResourceType: resourceType }, properties).pass;
  }

  static toHaveProvider(received: string, resourceType: string): boolean {
    return Testing.toHaveProviderWithProperties(received, resourceType);
  }

  /** Needs Terraform, which is never run here. */
  static toBeValidTerraform(received: string): boolean {
    return matchers.toBeValidTerraform(received).pass;
  }

  /** Needs a test runner with a global `expect`, which a synthesis has not. */
  static setupJest(): void {
    throw new Error("There is no global `expect` here: ask `Testing.toHaveResource` and its like instead.");
  }
}

function withoutMetadata(value: any): any {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutMetadata);
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutMetadata(item)]));
}

/** Every construct on a line of its own, four columns deeper than what holds it. */
function renderTree(construct: IConstruct, depth: number, isLast: boolean): string {
  const branch = depth === 0 ? "" : `${"    ".repeat(depth - 1)}${isLast ? "└" : "├"}── `;
  const name = App.isApp(construct) ? "App" : `${construct.node.id} (${construct.constructor.name})`;
  const { children } = construct.node;
  const below = children.map((child, index) => renderTree(child, depth + 1, index === children.length - 1));
  return `${branch}${name}\n${below.join("")}`;
}

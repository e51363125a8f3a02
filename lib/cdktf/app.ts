// SPDX-License-Identifier: Apache-2.0
// The root of a program: its context, where it writes, and the synthesis of all its stacks.

import * as host from "weir:host";
import { Construct } from "../constructs/index.ts";
import type { IConstruct } from "../constructs/index.ts";
import { DISABLE_STACK_TRACE_IN_METADATA } from "./annotations.ts";
import { atNew, frames, report } from "./findings.ts";
import type { Place } from "./findings.ts";
import { Manifest } from "./manifest.ts";
import { stacksBelow } from "./stack.ts";
import type { TerraformStack } from "./stack.ts";
import { runValidations } from "./synthesizer.ts";
import { version } from "./version.ts";

const APP = Symbol.for("cdktf/App");

/** The environment variable whose JSON object is added to the context. */
export const CONTEXT_ENV = "CDKTF_CONTEXT_JSON";

export interface AppConfig {
  /** The folder to write to. @default `$CDKTF_OUTDIR`, else `cdktf.out` */
  readonly outdir?: string;
  /** Whether annotations say where they were added. @default true */
  readonly stackTraces?: boolean;
  /** Accepted; the output is always JSON. @default false */
  readonly hclOutput?: boolean;
  /** Values that every construct sees. */
  readonly context?: { [key: string]: any };
  /** @default false */
  readonly skipValidation?: boolean;
  /** @default false */
  readonly skipBackendValidation?: boolean;
}

/**
 * A program.
 *
 * @example
 *   const app = new App();
 *   new MyStack(app, "orders");
 *   app.synth();
 */
export class App extends Construct {
  static isApp(value: any): value is App {
    return value !== null && typeof value === "object" && APP in value;
  }

  /** The app that a construct belongs to; throws if there is none. */
  static of(construct: IConstruct): App {
    const root = construct.node.root;
    if (App.isApp(root)) return root;
    throw new Error(`No app could be identified for the construct at path '${construct.node.path}'`);
  }

  readonly outdir: string;
  readonly hclOutput: boolean;
  readonly targetStackId: string | undefined;
  readonly manifest: Manifest;
  readonly skipValidation: boolean;
  readonly skipBackendValidation: boolean;

  constructor(config: AppConfig = {}) {
    super(undefined as any, "");
    this.outdir = config.outdir ?? defaultFolder();
    this.hclOutput = config.hclOutput ?? false;
    this.targetStackId = host.env("CDKTF_TARGET_STACK_ID");
    this.skipValidation = config.skipValidation ?? false;
    this.skipBackendValidation = config.skipBackendValidation ?? false;
    const context = { ...config.context, ...contextOfEnvironment(), ...host.context() };
    for (const [key, value] of Object.entries(context)) this.node.setContext(key, value);
    if (config.stackTraces === false) this.node.setContext(DISABLE_STACK_TRACE_IN_METADATA, true);
    this.node.setContext("cdktfVersion", version());
    this.manifest = new Manifest(version(), this.outdir, this.hclOutput);
    waiting.set(this, frames());
  }

  /** Writes every stack, and the manifest. */
  synth(): void {
    waiting.delete(this);
    if (this.outdir !== defaultFolder()) host.note(`the folder ${this.outdir} of new App({ outdir }) is not used: --out, or "output" of cdktf.json, names it`);
    const stacks = stacksBelow(this);
    for (const stack of stacks) stack.prepareStack();
    const session = { outdir: this.outdir, manifest: this.manifest, skipValidation: this.skipValidation };
    for (const stack of stacks) stack.synthesizer.synthesize(session);
    if (!this.skipValidation) runValidations(this);
    this.manifest.writeToFile();
  }

  /** Makes a value of one stack known in another, and returns how to refer to it there. */
  crossStackReference(fromStack: TerraformStack, toStack: TerraformStack, identifier: string): string {
    toStack.addDependency(fromStack);
    const output = fromStack.registerOutgoingCrossStackReference(identifier);
    const state = toStack.registerIncomingCrossStackReference(fromStack);
    return `${state.fqn}.outputs.${output.friendlyUniqueId}`;
  }
}

function defaultFolder(): string {
  return host.env("CDKTF_OUTDIR") ?? "cdktf.out";
}

Object.defineProperty(App.prototype, APP, { value: true });

const waiting = new Map<App, readonly Place[]>(); // apps that were not synthesized yet, and where they were made

/** Says that an app is not meant to be synthesized: a test made it. */
export function exemptFromSynth(app: App): void {
  waiting.delete(app);
}

/** At the end of a program: tells of apps that nobody synthesized. */
export function reportForgottenApps(): void {
  for (const made of waiting.values()) report("no-synth", "The program ended without calling app.synth(), so nothing was written.", atNew(made, "none"));
  waiting.clear();
}

function contextOfEnvironment(): { [key: string]: any } {
  const text = host.env(CONTEXT_ENV);
  return text === undefined ? {} : JSON.parse(text);
}

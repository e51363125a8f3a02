// SPDX-License-Identifier: Apache-2.0
// A stack's way to its file: aspects, validations, assets, annotations, JSON.

import type { IConstruct } from "../constructs/index.ts";
import { AnnotationMetadataEntryType } from "./annotations.ts";
import { invokeAspects } from "./aspects.ts";
import { annotationsOf, Manifest } from "./manifest.ts";
import type { TerraformStack } from "./stack.ts";

export interface ISynthesisSession {
  /** The folder that is written to. */
  readonly outdir: string;
  readonly skipValidation?: boolean;
  readonly manifest: Manifest;
  [key: string]: any;
}

/** What writes a stack. A program may give a stack its own. */
export interface IStackSynthesizer {
  synthesize(session: ISynthesisSession): void;
}

const customSynthesis = new Map<IConstruct, (session: ISynthesisSession) => void>();

/** Has a function called when the construct's stack is written: assets copy their files so. */
export function addCustomSynthesis(construct: IConstruct, synthesize: (session: ISynthesisSession) => void): void {
  customSynthesis.set(construct, synthesize);
}

export class StackSynthesizer implements IStackSynthesizer {
  private readonly stack: TerraformStack;
  private readonly continueOnErrorAnnotations: boolean;

  constructor(stack: TerraformStack, continueOnErrorAnnotations: boolean = false) {
    this.stack = stack;
    this.continueOnErrorAnnotations = continueOnErrorAnnotations;
  }

  synthesize(session: ISynthesisSession): void {
    invokeAspects(this.stack);
    if (!session.skipValidation) this.stack.runAllValidations();
    const entry = session.manifest.forStack(this.stack);
    if (customSynthesis.size > 0) {
      for (const construct of this.stack.node.findAll()) customSynthesis.get(construct)?.(session);
    }
    entry.annotations.push(...annotationsOf(this.stack));
    const errors = entry.annotations.filter(({ level }) => level === AnnotationMetadataEntryType.ERROR);
    if (errors.length > 0 && !this.continueOnErrorAnnotations) {
      const lines = errors.map(({ constructPath, message }) => `[${constructPath}] ${message}`);
      throw new Error(`Encountered Annotations with level "ERROR":\n${lines.join("\n")}`);
    }
    this.stack.writeTo(entry.synthesizedStackPath);
  }
}

/** Asks every construct below what is wrong; throws if anything is. */
export function runValidations(root: IConstruct): void {
  const errors: string[] = [];
  for (const { node } of root.node.findHolders("validations")) {
    for (const message of node.validate()) errors.push(`[${node.path}] ${message}`);
  }
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join("\n  ")}`);
}

// SPDX-License-Identifier: Apache-2.0
// The list of all stacks, which tools around Terraform read.

import * as host from "weir:host";
import { AnnotationMetadataEntryType } from "./annotations.ts";
import type { TerraformStack } from "./stack.ts";
import { toJson } from "./text.ts";

export interface StackAnnotation {
  readonly constructPath: string;
  readonly level: AnnotationMetadataEntryType;
  readonly message: string;
  readonly stacktrace?: string[];
}

export interface StackManifest {
  readonly name: string;
  readonly constructPath: string;
  readonly synthesizedStackPath: string;
  readonly stackMetadataPath: string;
  readonly workingDirectory: string;
  readonly annotations: StackAnnotation[];
  readonly dependencies: string[];
}

export interface IManifest {
  readonly stacks: Record<StackManifest["name"], StackManifest>;
  readonly version: string;
}

const LEVELS: readonly string[] = Object.values(AnnotationMetadataEntryType);

export class Manifest implements IManifest {
  static readonly fileName = "manifest.json";
  static readonly stacksFolder = "stacks";
  static readonly stackMetadataPath = "metadata.json";

  readonly version: string;
  readonly outdir: string;
  readonly hclOutput: boolean;
  readonly stacks: Record<StackManifest["name"], StackManifest> = {};
  readonly stackFileName = "cdk.tf.json";

  constructor(version: string, outdir: string, hclOutput: boolean) {
    this.version = version;
    this.outdir = outdir;
    this.hclOutput = hclOutput;
  }

  /** The stack's entry; it is made when it is first asked for. */
  forStack(stack: TerraformStack): StackManifest {
    const id = stack.node.id;
    const folder = `${Manifest.stacksFolder}/${id}`;
    return (this.stacks[id] ??= {
      name: id,
      constructPath: stack.node.path,
      workingDirectory: folder,
      synthesizedStackPath: `${folder}/${this.stackFileName}`,
      stackMetadataPath: `${folder}/${Manifest.stackMetadataPath}`,
      annotations: [], // filled when the stack is synthesized
      dependencies: stack.dependencies.map((dependency) => dependency.node.path),
    });
  }

  buildManifest(): IManifest {
    return { version: this.version, stacks: this.stacks };
  }

  writeToFile(): void {
    host.emit(Manifest.fileName, toJson(this.buildManifest()));
  }
}

/** What was annotated in a stack. */
export function annotationsOf(stack: TerraformStack): StackAnnotation[] {
  const annotations: StackAnnotation[] = [];
  for (const { node } of stack.node.findHolders("entries")) {
    for (const { type, data } of node.metadata) {
      if (!LEVELS.includes(type)) continue;
      annotations.push({ constructPath: node.path, level: type as AnnotationMetadataEntryType, message: data });
    }
  }
  return annotations;
}

// SPDX-License-Identifier: Apache-2.0
// Notes, warnings and errors that constructs carry into the manifest. An error stops the synthesis of its stack.

import type { IConstruct } from "../constructs/index.ts";

export const AnnotationMetadataEntryType = { INFO: "@cdktf/info", WARN: "@cdktf/warn", ERROR: "@cdktf/error" } as const;
export type AnnotationMetadataEntryType = (typeof AnnotationMetadataEntryType)[keyof typeof AnnotationMetadataEntryType];

/** A key of the context: where it is set, annotations don't say where they were added. */
export const DISABLE_STACK_TRACE_IN_METADATA = "@cdktf/disable_stack_trace_in_metadata";

/** The annotations of a construct. */
export class Annotations {
  static of(scope: IConstruct): Annotations {
    return new Annotations(scope);
  }

  private readonly scope: IConstruct;

  constructor(scope: IConstruct) {
    this.scope = scope;
  }

  addWarning(message: string): void {
    this.scope.node.addMetadata(AnnotationMetadataEntryType.WARN, message);
  }

  addInfo(message: string): void {
    this.scope.node.addMetadata(AnnotationMetadataEntryType.INFO, message);
  }

  addError(message: string): void {
    this.scope.node.addMetadata(AnnotationMetadataEntryType.ERROR, message);
  }
}

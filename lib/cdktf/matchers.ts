// SPDX-License-Identifier: Apache-2.0
// Questions about a stack's JSON, for tests. No test runner is needed; `returnMatcherToJest` fits them to one.

import { snakeCase } from "./text.ts";

/** A class of a resource, data source or provider. */
export interface TerraformConstructor {
  readonly tfResourceType: string;
}

export type SynthesizedStack = { resource: Record<string, any>; data: Record<string, any>; provider: Record<string, any> };

export type MatcherReturnJest = { message: () => string; pass: boolean };

/** An answer, with the sentence that explains it. */
export class AssertionReturn {
  readonly message: string;
  readonly pass: boolean;

  constructor(message: string, pass: boolean) {
    this.message = message;
    this.pass = pass;
  }
}

export function returnMatcherToJest(answer: AssertionReturn): MatcherReturnJest {
  return { message: () => answer.message, pass: answer.pass };
}

/**
 * True if `received` holds all of `expected`: objects may have more keys, in the program's or in Terraform's spelling;
 * lists must have the same length.
 */
export function asymetricDeepEqualIgnoringObjectCasing(expected: unknown, received: unknown): boolean {
  if (Array.isArray(expected)) {
    if (!Array.isArray(received) || received.length !== expected.length) return false;
    return expected.every((item, index) => asymetricDeepEqualIgnoringObjectCasing(item, received[index]));
  }
  if (expected === null || typeof expected !== "object") return expected === received;
  if (received === null || typeof received !== "object") return false;
  const present = received as { [key: string]: unknown };
  return Object.entries(expected).every(([key, value]) => {
    const name = key in present ? key : snakeCase(key);
    return name in present && asymetricDeepEqualIgnoringObjectCasing(value, present[name]);
  });
}

type Evaluation = (items: any, properties: Record<string, any>) => boolean;
type Matcher = (received: string, type: TerraformConstructor, properties?: Record<string, any>) => AssertionReturn;

const hasProperties: Evaluation = (items, properties) =>
  Object.values(items).some((item) => asymetricDeepEqualIgnoringObjectCasing(properties, item));

/** The question whether a section of the stack has an item of a type with some properties. */
function matcher(section: "resource" | "data" | "provider", evaluate: Evaluation): Matcher {
  return (received, type, properties = {}) => {
    const items = Object.values(parse(received)[section]?.[type.tfResourceType] ?? {});
    const pass = evaluate(items, properties);
    const wanted = `${type.tfResourceType} with properties ${JSON.stringify(properties)}`;
    const found =
      items.length === 0
        ? `Found no ${type.tfResourceType} resources instead`
        : `Found ${items.length} ${type.tfResourceType} resources instead:\n${JSON.stringify(items, null, 2)}`;
    return new AssertionReturn(`Expected ${pass ? "no " : ""}${wanted} to be present in synthesized stack.\n${found}`, pass);
  };
}

export function getToHaveDataSourceWithProperties(evaluate: Evaluation = hasProperties): Matcher {
  return matcher("data", evaluate);
}

export function getToHaveResourceWithProperties(evaluate: Evaluation = hasProperties): Matcher {
  return matcher("resource", evaluate);
}

export function getToHaveProviderWithProperties(evaluate: Evaluation = hasProperties): Matcher {
  return matcher("provider", evaluate);
}

/** Terraform is never run here, so that the answer is always no. */
export function toBeValidTerraform(_received: string): AssertionReturn {
  return new AssertionReturn("Terraform can't be run from a synthesis; run `terraform validate` on the output.", false);
}

/** Terraform is never run here, so that the answer is always no. */
export function toPlanSuccessfully(_received: string): AssertionReturn {
  return new AssertionReturn("Terraform can't be run from a synthesis; run `terraform plan` on the output.", false);
}

function parse(received: string): SynthesizedStack {
  try {
    return JSON.parse(received);
  } catch {
    throw new Error(`This is no JSON: ${received}\nPass what Testing.synth returned, not what Testing.fullSynth did.`);
  }
}

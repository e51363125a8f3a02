// SPDX-License-Identifier: Apache-2.0
// What is not checked: a value whose author knows better than the schema, on its way past lib/provider/check.ts, and a provider
// without a schema.

import * as host from "weir:host";
import { requiredProvider } from "../provider/sources.ts";
import { hereMade, report } from "./findings.ts";
import type { TerraformProviderGeneratorMetadata } from "./resource-base.ts";
import { Intrinsic } from "./tokens.ts";

const marked = new WeakSet<object>();

/** Marks values that are not to be checked. */
export class Unchecked {
  /**
   * The same value, which is written as it is given: neither its type nor its place among allowed values is checked, nor anything
   * inside of it. The name of the property is, since what no schema knows is not written; for that there is `addOverride`.
   *
   * @template T
   * @param {T} value a value of a property, or all properties of a construct
   * @returns {T} the value where it is an object or a list; else a token that stands for it
   * @example
   * new SqsQueue(this, "queue", { delaySeconds: Unchecked.of("${local.delay}" as any) });
   */
  static of<T>(value: T): T {
    if (typeof value === "object" && value !== null) {
      marked.add(value);
      return value;
    }
    return value === undefined || value === null ? value : (new Intrinsic(value) as T);
  }
}

/** True for an object or list that went through `Unchecked.of`; anything else comes out of it as a token. */
export function isUnchecked(value: any): boolean {
  return typeof value === "object" && value !== null && marked.has(value);
}

/** Providers of which something was made, and whether they have a schema. */
const seen = new Set<string>();

/** What `noteProvider` was told last: neighbours mostly share it. */
export let lastNoted: TerraformProviderGeneratorMetadata | undefined;

/** Tells once of each provider without a schema that what is made of it is not checked. */
export function noteProvider(made: TerraformProviderGeneratorMetadata): void {
  lastNoted = made;
  const { providerName, providerVersion } = made;
  if (seen.has(providerName)) return;
  seen.add(providerName);
  if (host.provider(providerName) !== undefined) return;
  const { source, version, isGuess } = requiredProvider(providerName);
  const isMade = providerVersion === undefined; // by weir, without any bindings
  const asked = version === undefined ? `any version of ${source}` : `${source} ${version}`;
  const why = isGuess ? ", since nothing names its source" : "";
  const exact = providerVersion ?? (/^[\d.]+$/.test(version ?? "") ? version : "VERSION");
  report(
    "unchecked",
    `There is no schema of the provider ${providerName}: what it is given is written unchecked${isMade ? `, and ${asked} is asked for${why}` : ""}.`,
    hereMade(),
    "warning",
    `${isMade && isGuess ? 'List its source in "terraformProviders" of cdktf.json, if it is another one. ' : ""}Run \`weir schema add ${source}@${exact}\` to have it checked.`,
  );
}

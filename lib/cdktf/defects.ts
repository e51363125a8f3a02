// SPDX-License-Identifier: Apache-2.0
// Where the original library writes what its user can't have meant. `cdktf` repeats it, since states depend on it, and
// says so in a warning; `cdktn` and `weir` mend it. This table is the only difference between the three modules, and
// docs/constructs.md lists it.

import { here, report } from "./findings.ts";

/** The three modules: what cdktf 0.21 writes, what cdktn 0.24 writes, and the same interface with every defect mended. */
export type Flavour = "cdktf" | "cdktn" | "weir";

interface Defect {
  /** Flavours that don't have it. */
  readonly mendedIn: readonly Flavour[];
  /** What goes wrong. */
  readonly what: string;
  /** What to write instead. */
  readonly cure: string;
}

const IN_BOTH: readonly Flavour[] = ["cdktn", "weir"];
const IN_WEIR: readonly Flavour[] = ["weir"];

const DEFECTS = Object.freeze({
  lostOperand: {
    mendedIn: IN_BOTH,
    what: "a right operand of 0, false, null or empty text is written as `undefined`, which Terraform rejects",
    cure: "give it as ref(\"0\"), ref(\"false\"), ref(\"null\") or ref('\"\"'); `cdktn` and `weir` keep it",
  },
  lostNull: {
    mendedIn: IN_BOTH,
    what: "null in a call or list is written as nothing, which Terraform rejects",
    cure: "give `ref(\"null\")` in its place; `cdktn` and `weir` write null",
  },
  objectToken: {
    mendedIn: IN_BOTH,
    what: "a token that comes to a list or an object is written as JavaScript prints it, which Terraform rejects",
    cure: "give the list or object itself; `cdktn` and `weir` write it",
  },
  quotedReference: {
    mendedIn: IN_WEIR,
    what: "a reference inside the map of an iterator, or in a token that holds an object, is written as text with its name",
    cure: "keep the map in a TerraformLocal and iterate over that; `weir` writes the reference",
  },
  shiftedItems: {
    mendedIn: IN_WEIR,
    what: "an undefined item in a list makes the last one be lost",
    cure: "leave undefined items out; `weir` does",
  },
  lostKeyValue: {
    mendedIn: IN_WEIR,
    what: "the value of an object key that holds a token is written as `undefined`, which Terraform rejects",
    cure: "build the object with Fn.zipmap; `weir` keeps the value",
  },
  lostDefault: {
    mendedIn: IN_WEIR,
    what: "a default of 0, false, null or empty text makes Fn.lookup a plain access, which fails where the key is missing",
    cure: "use call(\"lookup\", [map, key, default]); `weir` keeps the default",
  },
  openQuote: {
    mendedIn: IN_WEIR,
    what: "a double quote in the text of an expression is not escaped, so that Terraform can't read it",
    cure: "give the text as Fn.rawString(…); `weir` escapes it",
  },
  openBackslash: {
    mendedIn: IN_WEIR,
    what: "rawString leaves backslashes as they are, so that Terraform reads them as escapes",
    cure: "double each backslash; `weir` does",
  },
  openCondition: {
    mendedIn: IN_WEIR,
    what: "a condition inside an operator has no parentheses, so that Terraform groups it otherwise",
    cure: "keep the condition in a TerraformLocal; `weir` writes parentheses",
  },
  pastedNumber: {
    mendedIn: IN_WEIR,
    what: "a number token in the text of an expression is written as the name of what it refers to",
    cure: "put a text token of the same value there, such as Token.asString(number); `weir` writes the reference",
  },
  iteratorInFor: {
    mendedIn: IN_BOTH,
    what: "a value of the iterator inside its own for expression is written as `each.value`, which does not exist there",
    cure: "use FOR_EXPRESSION_VALUE and FOR_EXPRESSION_KEY; `cdktn` and `weir` write `val` and `key`",
  },
  splatOfMap: {
    mendedIn: IN_WEIR,
    what: "an attribute of something with forEach is written as `.*.`, which holds for lists only and fails in terraform plan",
    cure: "use TerraformIterator.fromResources(…).pluckProperty(\"arn\"); `weir` writes values(…)[*]",
  },
  lateReference: {
    mendedIn: IN_WEIR,
    what: "a reference into another stack that a Lazy makes anew each time is written as if it were in its own stack",
    cure: "read it once, outside of produce(); `weir` writes it as it writes the others",
  },
  bareTuple: {
    mendedIn: IN_WEIR,
    what: "VariableType.tuple writes no brackets, so that Terraform refuses the type",
    cure: "write the type as text: \"tuple([string, number])\"; `weir` writes the brackets",
  },
  lostIndex: {
    mendedIn: IN_WEIR,
    what: "the index 0 of moveTo is lost",
    cure: "use moveToId(\"aws_s3_bucket.b[0]\"); `weir` keeps the index",
  },
  lostInput: {
    mendedIn: IN_WEIR,
    what: "a DataResource takes an object or text only: lists become objects, numbers and truth values `{}`",
    cure: "give the value as { value: … }; `weir` keeps it",
  },
  gluedNumber: {
    mendedIn: IN_WEIR,
    what: "a number token right behind a digit, a point or a minus is not seen, and a number with 300 digits is written",
    cure: "put Token.asString(number) into the text; `weir` sees the number",
  },
  lostPrecondition: {
    mendedIn: IN_WEIR,
    what: "the precondition of an output is not written",
    cure: "use addOverride(\"precondition\", …); `weir` writes it",
  },
  bracedDependency: {
    mendedIn: IN_WEIR,
    what: "what an output depends on is written as `${…}`, which Terraform rejects",
    cure: "leave dependsOn out and use addOverride(\"depends_on\", [\"aws_s3_bucket.b\"]); `weir` writes the address",
  },
  bracedTrigger: {
    mendedIn: IN_WEIR,
    what: "a resource in replaceTriggeredBy is written as `${…}`, which Terraform rejects",
    cure: "give its address as text, such as \"aws_s3_bucket.b\"; `weir` writes the address",
  },
}) satisfies { [name: string]: Defect };

/** A defect's name in the table above. */
export type DefectName = keyof typeof DEFECTS;

const chosen: { flavour: Flavour; weight: number } = { flavour: "cdktf", weight: -1 };
const said = new Set<string>();

/**
 * Takes the behaviour of a module that is imported. What the author's own files import counts before what packages do, and
 * `cdktf`, which is where the others come from, last.
 */
function choose(flavour: Flavour, isAuthors: boolean): void {
  const weight = (isAuthors ? 2 : 0) + (flavour === "cdktf" ? 0 : 1);
  if (weight >= chosen.weight) Object.assign(chosen, { flavour, weight });
}
Object.defineProperty(globalThis, "__weir_choose", { value: choose }); // for the loader

/** The module whose behaviour is in force. */
export function flavour(): Flavour {
  return chosen.flavour;
}

/** True where the chosen module doesn't have the defect. */
export function isMended(name: DefectName): boolean {
  return DEFECTS[name].mendedIn.includes(chosen.flavour);
}

/**
 * To be called where the defect is about to happen: reports it, once at each place of the author's program, unless it is
 * mended. What shows only when a value is resolved is placed at the author's `synth()`.
 * @param subject what it happens to, for the message
 * @returns whether it is mended
 */
export function mends(name: DefectName, subject: string): boolean {
  if (isMended(name)) return true;
  const { what, cure }: Defect = DEFECTS[name];
  const place = here();
  const key = `${name} ${subject} ${place?.file}:${place?.line}:${place?.column}`;
  if (!said.has(key)) report("upstream-defect", `${subject}: ${what}`, place, "warning", cure);
  said.add(key);
  return false;
}

// SPDX-License-Identifier: Apache-2.0
// Rules about several arguments of one block: what excludes what, what needs what, of what one must be there. They are judged
// again when the program has ended, since an argument may be set behind the constructor.

import { placeOf, reportGiven } from "../cdktf/findings.ts";
import type { MistakeKind } from "../cdktf/findings.ts";
import { isResolvable } from "../cdktf/resolve.ts";
import { Token } from "../cdktf/tokens.ts";
import { isUnchecked } from "../cdktf/unchecked.ts";
import { placeOnWay } from "../places.ts";
import { isExpression } from "./facts.ts";
import { referenceOf } from "./references.ts";
import { innerShape } from "./shape.ts";
import type { Shape } from "./shape.ts";
import { inputOf } from "./struct.ts";
import type { Holder } from "./struct.ts";

/** One rule: of the arguments one must be given, some, at most one, or the second with the first. */
export interface Group {
  readonly rule: "one" | "some" | "apart" | "with";
  /** The arguments as paths of properties from the block that has the rule. */
  readonly paths: readonly string[][];
}

/** Whether an argument is there: some values may come to nothing. */
type Presence = "set" | "unset" | "unknown";

function presence(value: any, path: readonly string[], from: number = 0): Presence {
  if (value === undefined || value === null) return "unset";
  if (isUnchecked(value)) return "unknown";
  if (isResolvable(value) || Token.isUnresolved(value) || isExpression(value)) return isSure(value) ? "set" : "unknown";
  if (from < path.length) {
    if (!Array.isArray(value)) return typeof value === "object" ? presence(value[path[from]], path, from + 1) : "unknown";
    const each = value.map((item) => presence(item, path, from));
    return each.includes("set") ? "set" : each.includes("unknown") ? "unknown" : "unset";
  }
  const isEmpty = value === "" || (typeof value === "object" && Object.keys(value).length === 0);
  return isEmpty ? "unknown" : "set";
}

/** True for references to what every object has. */
function isSure(value: any): boolean {
  const attribute = referenceOf(value)?.attribute;
  return attribute === "id" || attribute === "arn";
}

/** What is wrong: of the paths that are named. */
interface Broken {
  readonly kind: MistakeKind;
  readonly paths: readonly string[][];
  readonly isConflict: boolean;
  readonly text: (of: string, names: string[]) => string;
}

const quoted = (names: readonly string[]): string[] => names.map((name) => `'${name}'`);
const NAMES_SHOWN = 8;

function listed(names: readonly string[], word: string): string {
  const shown = quoted(names).slice(0, NAMES_SHOWN);
  if (names.length > NAMES_SHOWN) return `${shown.join(", ")} ${word} ${names.length - NAMES_SHOWN} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} ${word} ${shown[shown.length - 1]}`;
}

function missing(paths: readonly string[][], text: Broken["text"]): Broken {
  return { kind: "missing-required", paths, isConflict: false, text };
}

/** How one rule is broken by a block; undefined: it is not, or that can't be told. */
function broken({ rule, paths }: Group, block: any): Broken | undefined {
  const states = paths.map((path) => presence(block, path));
  const set = paths.filter((_, index) => states[index] === "set");
  const isNone = states.every((state) => state === "unset");
  if ((rule === "one" || rule === "apart") && set.length > 1) {
    const text = (of: string, names: string[]): string => `${listed(names, "and")} of ${of} exclude each other; keep one.`;
    return { kind: "conflicting-properties", paths: set, isConflict: true, text };
  }
  if (rule === "one" && isNone) return missing(paths, (of, names) => `${of} needs one of ${listed(names, "or")}.`);
  if (rule === "some" && isNone) {
    return missing(paths, (of, names) => (names.length === 1 ? `${of} requires '${names[0]}', which is missing.` : `${of} needs one or more of ${listed(names, "or")}.`));
  }
  if (rule === "with" && states[0] === "set" && states[1] === "unset") {
    return missing(paths, (of, [one, other]) => `'${one}' of ${of} needs '${other}' beside it.`);
  }
  return undefined;
}

/** True if a block may break a rule, told by what is given at all: most blocks end here. */
function isSuspect({ rule, paths }: Group, block: any): boolean {
  let given = 0;
  // No `for … of`, here and below: the engine makes an iterator for each.
  for (let i = 0; i < paths.length; i++) if (block[paths[i][0]] !== undefined) given++;
  if (rule === "apart") return given > 1;
  if (rule === "with") return given > 0;
  return given === 0 || (rule === "one" && given > 1) || paths.some((path) => path.length > 1);
}

/** Rules by what can break them, so that a block is held against few. */
export interface Rules {
  /** Those that a block breaks by what it lacks. */
  readonly needs: readonly Group[];
  /** The others, by each property that they are about. */
  readonly about: { readonly [property: string]: readonly Group[] | undefined };
}

export function rulesOf(groups: readonly Group[]): Rules {
  const about: { [property: string]: Group[] } = Object.create(null);
  for (const group of groups) {
    if (group.rule === "apart" || group.rule === "with") for (const [first] of group.paths) (about[first] ??= []).push(group);
  }
  return { needs: groups.filter(({ rule }) => rule === "one" || rule === "some"), about };
}

function breaksOne(groups: readonly Group[], block: any): boolean {
  for (let i = 0; i < groups.length; i++) if (isSuspect(groups[i], block) && broken(groups[i], block) !== undefined) return true;
  return false;
}

/** True if a block, which has these properties, breaks one of its rules as it stands. */
export function isBroken({ needs, about }: Rules, given: readonly string[], block: any): boolean {
  if (needs.length > 0 && breaksOne(needs, block)) return true;
  for (let i = 0; i < given.length; i++) {
    const groups = about[given[i]];
    if (groups !== undefined && breaksOne(groups, block)) return true;
  }
  return false;
}

interface Unsettled {
  readonly holder: Holder;
  readonly shape: Shape;
  readonly config: any;
}

const unsettled: Unsettled[] = []; // what broke a rule when it was made

/** Remembers something that breaks a rule, to be judged when the program has ended. */
export function judgeLater(holder: Holder, shape: Shape, config: any): void {
  unsettled.push({ holder, shape, config });
}

/** At the end of a program: tells of rules that are still broken. */
export function reportGroups(): void {
  for (const { holder, shape, config } of unsettled.splice(0)) {
    const overrides: any = (holder as any).rawOverrides ?? {};
    const isOverridden = (name: string): boolean => name in overrides || name in (overrides.dynamic ?? {});
    const block: any = {};
    const hidden = new Set<string>();
    for (const member of shape.settable) {
      if (isOverridden(member.name)) hidden.add(member.property);
      else block[member.property] = inputOf(holder, member);
    }
    tellBlock({ holder, shape, config }, shape, block, [], hidden);
  }
}

function tellBlock(about: Unsettled, shape: Shape, block: any, way: ReadonlyArray<string | number>, hidden: ReadonlySet<string>): void {
  for (const group of shape.groups ?? []) {
    if (group.paths.some(([first]) => hidden.has(first))) continue;
    const found = broken(group, block);
    if (found !== undefined) tell(about, shape, found, way);
  }
  for (const member of shape.settable) {
    const value = block[member.property];
    const inner = typeof value === "object" ? innerShape(member) : undefined;
    if (inner === undefined || value === null || isUnchecked(value) || Token.isUnresolved(value)) continue;
    const step = [...way, member.property];
    if (member.holding === "object" && !Array.isArray(value)) tellBlock(about, inner, value, step, NONE);
    else for (const [key, item] of Object.entries<any>(value)) if (isObject(item)) tellBlock(about, inner, item, [...step, key], NONE);
  }
}

const NONE: ReadonlySet<string> = new Set();

function isObject(value: any): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isResolvable(value) && !isUnchecked(value);
}

function tell({ holder, config }: Unsettled, shape: Shape, found: Broken, way: ReadonlyArray<string | number>): void {
  let given = config;
  for (const step of way) given = given?.[step];
  const keys = Object.keys(given ?? {});
  // As the author wrote them: the last one is too much.
  const paths = [...found.paths];
  if (found.isConflict) paths.sort(([left], [right]) => keys.indexOf(left) - keys.indexOf(right));
  const message = found.text(shape.label, paths.map((path) => path.join(".")));
  reportGiven(found.kind, message, placeOnWay(config, found.isConflict ? [...way, ...paths[paths.length - 1]] : way), placeOf(holder));
}

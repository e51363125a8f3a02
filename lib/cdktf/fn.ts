// SPDX-License-Identifier: Apache-2.0
// Terraform's functions as static methods of `Fn`. One table says what each takes and returns; a call is checked
// at once, so that a wrong argument is an error at the author's line, and becomes text when it is resolved.

import { conditional, propertyAccess, rawString, TFExpression } from "./expression.ts";
import type { Expression } from "./expression.ts";
import type { IResolvable } from "./resolvable.ts";
import { isMended, mends } from "./defects.ts";
import { Token, Tokenization } from "./tokens.ts";

/**
 * Functions by what they take and return. Arguments: `s` text, `n` number, `l` list, `a` anything; `*` after the
 * last one means that its list is spread over the rest of the call. Results: `s`, `n`, `l` as tokens of that type,
 * `b` a truth value (an object), `a` anything (a string token). A leading `_` is a function with a friendlier face below.
 */
const FUNCTIONS: { [signature: string]: string } = {
  "a > a": "ephemeralasnull flatten keys nonsensitive one reverse sensitive sum tomap transpose values",
  "a > b": "can issensitive tobool",
  "a > l": "tolist toset",
  "a > n": "lengthOf tonumber",
  "a > s": "jsonencode tostring yamlencode",
  "a* > a": "coalesce coalescelist concat merge setproduct try",
  "l > b": "alltrue anytrue",
  "l > l": "compact distinct sort",
  "n > n": "abs ceil floor signum",
  "n* > l": "_range",
  "n* > n": "max min",
  "s > a": "csvdecode jsondecode yamldecode",
  "s > b": "fileexists",
  "s > s":
    "abspath base64decode base64encode base64gunzip base64gzip base64sha256 base64sha512 basename chomp cidrnetmask " +
    "dirname file filebase64 filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512 lower " +
    "md5 pathexpand sha1 sha256 sha512 strrev title trimspace upper urldecode urlencode",
  "> s": "plantimestamp timestamp uuid",
  "a a > a": "contains convert index",
  "a n > a": "element parseint",
  "l a > a": "zipmap",
  "l l > l": "setsubtract",
  "l l* > l": "setintersection setunion",
  "l n > l": "chunklist",
  "n n > n": "log pow",
  "n s > s": "indent",
  "s a > a": "templatefile",
  "s a > s": "templatestring",
  "s a* > a": "format formatlist",
  "s l* > s": "_join",
  "s n > s": "cidrhost",
  "s n* > l": "cidrsubnets",
  "s n* > s": "_bcrypt",
  "s s > a": "regex",
  "s s > b": "cidrcontains endswith startswith strcontains",
  "s s > l": "fileset regexall split",
  "s s > n": "timecmp",
  "s s > s": "formatdate rsadecrypt textdecodebase64 textencodebase64 timeadd trim trimprefix trimsuffix uuidv5",
  "a n n > a": "slice",
  "a s a* > a": "_lookup",
  "l l l > l": "matchkeys",
  "s n n > s": "cidrsubnet substr",
  "s s s > s": "replace",
};

/** A quote that no backslash, or a backslash that is escaped itself, stands before. */
const OPEN_QUOTE = /(?<!\\)(?:\\\\)*"/;

/** Names that Terraform has otherwise, since a class has a `length` of its own. */
const RENAMED: { [name: string]: string } = { lengthOf: "length" };

type Check = (value: any) => any;

const ARGUMENTS: { [kind: string]: Check } = { a: (value) => value, s: checkText, n: checkNumber, l: (value) => checkList(value, ARGUMENTS.a) };

const RESULTS: { [kind: string]: (token: IResolvable) => any } = {
  s: (token) => Token.asString(token),
  n: (token) => Token.asNumber(token),
  l: (token) => Token.asList(token),
  b: (token) => token,
  a: (token) => Token.asString(token),
};

/** Text or a token of its own; a quote must be escaped, as Terraform reads the text as its own syntax. */
function checkText(value: any): any {
  if (typeof value !== "string" && !Tokenization.isResolvable(value))
    throw new TypeError(`'${value}' is neither a string nor a token`);
  if (typeof value !== "string" || !value.includes('"') || isMended("openQuote") || !OPEN_QUOTE.test(value)) return value;
  throw new TypeError(`'${value}' has double quotes that are not escaped; give it as Fn.rawString(…)`);
}

function checkNumber(value: any): any {
  const isToken = typeof value === "object" && Token.isUnresolved(value); // also that of a list, to be spread
  if (typeof value === "number" || isToken) return value;
  throw new TypeError(`${value} is neither a number nor a token`);
}

/** A list without its null and undefined items; a token of a list, or anything else, as it is. */
function checkList(value: any, check: Check): any {
  if (!Array.isArray(value)) return value;
  const checked: any[] = [];
  for (let i = 0; i < value.length; i++) if (value[i] !== null && value[i] !== undefined) checked.push(check(value[i]));
  return checked;
}

/** A list that is spread over the call. What can't be walked through is an error; text is walked by character. */
function spread(value: any, check: Check): any[] {
  if (!Array.isArray(value) && (value === null || value === undefined || typeof value[Symbol.iterator] !== "function"))
    throw new TypeError(`${value} is no list`);
  const checked = checkList(value, check);
  return Array.isArray(checked) ? checked : [...checked];
}

/** The function called `name`, with its arguments checked by `kinds`. */
function makeFunction(name: string, kinds: string[], result: (token: IResolvable) => any): (...args: any[]) => any {
  const last = kinds.at(-1)?.endsWith("*") ? kinds.length - 1 : kinds.length; // the argument that is spread, if any
  const checks = kinds.map((kind) => ARGUMENTS[kind[0]]);
  return (...args) => {
    let checked: any[] = [];
    let at = 0;
    try {
      for (; at < last; at++) checked.push(checks[at](args[at]));
      if (at < checks.length) checked = checked.concat(spread(args[at], checks[at]));
    } catch (error: any) {
      throw new TypeError(`Argument ${at + 1} of Fn.${name} is wrong: ${error.message}.`);
    }
    return result(new TFExpression("call", [name, checked]));
  };
}

/** Every function of the table as a static method. */
export const FnGenerated: any = class FnGenerated {};

for (const [signature, names] of Object.entries(FUNCTIONS)) {
  const [takes, returns] = signature.split(">").map((side) => side.trim());
  for (const name of names.split(" ")) {
    const terraform = RENAMED[name] ?? name.replace(/^_/, "");
    const value = makeFunction(terraform, takes.split(" ").filter((kind) => kind !== ""), RESULTS[returns]);
    Object.defineProperty(FnGenerated, name, { value, writable: true, configurable: true, enumerable: true });
  }
}

/**
 * Terraform's functions.
 * @example new TerraformOutput(this, "zones", { value: Fn.join(",", Fn.sort(zones.names)) });
 */
export class Fn extends FnGenerated {
  /**
   * A bcrypt hash of `text`.
   * @param cost rounds as a power of two; Terraform's default is 10
   */
  static bcrypt(text: string, cost?: number): string {
    return FnGenerated._bcrypt(text, cost ? [cost] : []);
  }

  /** `condition ? trueValue : falseValue`, decided by Terraform. */
  static conditional(condition: Expression, trueValue: Expression, falseValue: Expression): any {
    return conditional(condition, trueValue, falseValue);
  }

  /** The value of `key` in a map, else the default. Without a default it is a property access, which fails where the key is missing. */
  static lookup(map: any, key: string, defaultValue?: any): any {
    const isFalsy = defaultValue !== undefined && !defaultValue;
    const isGiven = isFalsy ? mends("lostDefault", `Fn.lookup with the default ${JSON.stringify(defaultValue)}`) : Boolean(defaultValue);
    return isGiven ? FnGenerated._lookup(map, key, [defaultValue]) : Token.asString(new TFExpression("property", [map, [key]]));
  }

  /** Walks into nested maps and lists. */
  static lookupNested(map: any, path: any[]): any {
    return Token.asString(propertyAccess(map, path));
  }

  /** The items of a list as one text. */
  static join(separator: string, list: string[]): string {
    return FnGenerated._join(separator, [list]);
  }

  /**
   * Numbers from `start` to before `limit`.
   * @param step 1 by default
   */
  static range(start: number, limit: number, step: number = 1): string[] {
    return FnGenerated._range([start, limit, step]);
  }

  /** Text with quotes, newlines and `${` escaped, for the arguments of other functions. */
  static rawString(text: string): string {
    return Token.asString(rawString(text));
  }
}

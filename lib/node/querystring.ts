// SPDX-License-Identifier: Apache-2.0
// Node's querystring.

type Values = { [key: string]: any };

export function escape(text: string): string {
  return encodeURIComponent(text);
}

export function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function parse(text: string, separator = "&", equals = "="): Values {
  const values: Values = Object.create(null);
  for (const pair of text === "" ? [] : text.split(separator)) {
    const at = pair.indexOf(equals);
    const read = (part: string): string => unescape(part.replace(/\+/g, " "));
    const key = read(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : read(pair.slice(at + equals.length));
    values[key] = key in values ? [values[key], value].flat() : value;
  }
  return values;
}

export function stringify(values: Values = {}, separator = "&", equals = "="): string {
  const text = (value: any): string => (["string", "number", "bigint", "boolean"].includes(typeof value) ? String(value) : "");
  return Object.keys(values)
    .flatMap((key) => [values[key]].flat().map((value) => escape(key) + equals + escape(text(value))))
    .join(separator);
}

export const decode = parse;
export const encode = stringify;
export default { decode, encode, escape, parse, stringify, unescape };

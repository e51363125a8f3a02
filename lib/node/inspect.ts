// SPDX-License-Identifier: Apache-2.0
// How values look when they are printed: util.inspect and util.format. Not a module of Node: util.ts and console.ts share it.

/** The symbol by which an object says itself how it looks. */
export const custom: unique symbol = Symbol.for("nodejs.util.inspect.custom") as any;

export interface InspectOptions {
  depth?: number | null;
  showHidden?: boolean;
  breakLength?: number;
  compact?: boolean | number;
  maxArrayLength?: number | null;
  maxStringLength?: number | null;
  sorted?: boolean | ((a: string, b: string) => number);
  getters?: boolean;
  colors?: boolean;
  customInspect?: boolean;
}

const DEFAULTS = {
  depth: 2,
  showHidden: false,
  breakLength: 80,
  compact: 3,
  maxArrayLength: 100,
  maxStringLength: 10000,
  sorted: false,
  getters: false,
  colors: false,
  customInspect: true,
};

/** One call of inspect(). */
interface Printing {
  options: any;
  /** Objects that are being printed, outermost first. */
  open: object[];
  /** Objects that hold themselves, and the numbers that mark them. */
  circles: Map<object, number>;
  indentation: number;
  /** How deep the value printed last was in the one before it. */
  level: number;
}

const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

function quote(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes("`") && !text.includes("${") ? "`" : "'";
  let escaped = "";
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    const known = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\\": "\\\\" }[char];
    if (known) {
      escaped += known;
    } else if (char === mark) {
      escaped += `\\${char}`;
    } else if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) {
      escaped += `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
    } else if (code >= 0xd800 && code <= 0xdfff) {
      escaped += `\\u${code.toString(16).toUpperCase()}`;
    } else {
      escaped += char;
    }
  }
  return mark + escaped + mark;
}

function printText(printing: Printing, text: string): string {
  const limit = printing.options.maxStringLength ?? Infinity;
  const rest = text.length > limit ? text.length - limit : 0;
  const shown = rest ? text.slice(0, limit) : text;
  const end = rest ? `... ${rest} more character${rest > 1 ? "s" : ""}` : "";
  if (shown.length > 16 && shown.length > printing.options.breakLength - printing.indentation - 4) {
    const lines = shown.split(/(?<=\n)/);
    return lines.map(quote).join(` +\n${" ".repeat(printing.indentation + 2)}`) + end;
  }
  return quote(shown) + end;
}

function printPrimitive(printing: Printing, value: any): string {
  switch (typeof value) {
    case "string":
      return printText(printing, value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    default:
      return String(value);
  }
}

/** The name of the class that made it; null where it has no prototype. */
function className(value: object): string | null {
  for (let prototype = Object.getPrototypeOf(value); prototype; prototype = Object.getPrototypeOf(prototype)) {
    const own = Object.getOwnPropertyDescriptor(prototype, "constructor");
    if (own && typeof own.value === "function" && own.value.name !== "") {
      return own.value.name;
    }
  }
  return null;
}

/** "Name [Tag] " before the braces; nothing for what `plain` names. */
function prefix(value: object, plain: string, size?: number): string {
  const name = className(value);
  const tag = (value as any)[Symbol.toStringTag];
  const shown = name ?? `[${plain}: null prototype]`;
  const counted = size === undefined ? "" : `(${size})`;
  const tagged = typeof tag === "string" && tag !== "" && tag !== name ? `[${tag}] ` : "";
  if (name === plain && tagged === "" && (size === undefined || plain === "Array")) {
    return "";
  }
  return `${shown}${counted} ${tagged}`;
}

function printKey(key: string | symbol): string {
  if (typeof key === "symbol") {
    return `[${key.toString()}]`;
  }
  return IDENTIFIER.test(key) ? key : quote(key);
}

function printProperty(printing: Printing, value: any, key: string | symbol): string {
  const own = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
  let shown: string;
  if (own.get) {
    shown = own.set ? "[Getter/Setter]" : "[Getter]";
  } else if (own.set) {
    shown = "[Setter]";
  } else {
    printing.indentation += 2;
    shown = print(printing, own.value);
    printing.indentation -= 2;
  }
  return `${own.enumerable === false ? `[${String(key)}]` : printKey(key)}: ${shown}`;
}

/** The properties that are shown, of an array those that are no elements. */
function shownKeys(printing: Printing, value: any): (string | symbol)[] {
  const list = Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof String;
  const keys: (string | symbol)[] = (printing.options.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value)).filter(
    (key) => !list || !/^(0|[1-9][0-9]*)$/.test(key),
  );
  for (const symbol of Object.getOwnPropertySymbols(value)) {
    if (Object.prototype.propertyIsEnumerable.call(value, symbol)) {
      keys.push(symbol);
    }
  }
  if (printing.options.sorted) {
    keys.sort(printing.options.sorted === true ? undefined : (printing.options.sorted as any));
  }
  return keys;
}

function more(count: number): string {
  return `... ${count} more item${count > 1 ? "s" : ""}`;
}

function printElements(printing: Printing, value: any): string[] {
  const limit = Math.min(printing.options.maxArrayLength ?? Infinity, value.length);
  const parts: string[] = [];
  let at = 0;
  for (; at < value.length && parts.length < limit; at++) {
    if (at in value) {
      printing.indentation += 2;
      parts.push(print(printing, value[at]));
      printing.indentation -= 2;
      continue;
    }
    let holes = 1;
    while (at + holes < value.length && !(at + holes in value)) {
      holes++;
    }
    parts.push(`<${holes} empty item${holes > 1 ? "s" : ""}>`);
    at += holes - 1;
  }
  if (at < value.length) {
    parts.push(more(value.length - at));
  }
  return parts;
}

function printEntries(printing: Printing, entries: Iterable<any>, map: boolean): string[] {
  const parts: string[] = [];
  printing.indentation += 2;
  for (const entry of entries) {
    parts.push(map ? `${print(printing, entry[0])} => ${print(printing, entry[1])}` : print(printing, entry));
  }
  printing.indentation -= 2;
  return parts;
}

function printFunction(value: any): string {
  const source = Function.prototype.toString.call(value);
  const name = typeof value.name === "string" && value.name !== "" ? value.name : undefined;
  if (/^class\b/.test(source)) {
    const parent = Object.getPrototypeOf(value);
    const heir = parent && typeof parent === "function" && parent.name ? ` extends ${parent.name}` : "";
    return `[class ${name ?? "(anonymous)"}${heir}]`;
  }
  const kind = className(value) ?? "Function";
  return `[${kind}${name ? `: ${name}` : " (anonymous)"}]`;
}

function printError(printing: Printing, error: any): string {
  const head = String(error.message ? `${error.name}: ${error.message}` : error.name);
  const stack = typeof error.stack === "string" ? error.stack : "";
  const text = stack === "" ? head : stack.startsWith(head) ? stack : `${head}\n${stack}`;
  const framed = /\n\s*at /.test(text) ? text.replace(/\n+$/, "") : `[${text}]`;
  return printing.indentation ? framed.replace(/\n/g, `\n${" ".repeat(printing.indentation)}`) : framed;
}

/** Characters that take two columns. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/gu;

function width(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

/** Many short elements are set in columns of equal width, as in a table. */
function inColumns(printing: Printing, parts: string[], value: any): string[] {
  const hasMore = printing.options.maxArrayLength < parts.length;
  const count = hasMore ? parts.length - 1 : parts.length;
  const lengths = parts.slice(0, count).map((part) => width(part) + 2);
  const longest = Math.max(...lengths);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (longest * 3 + printing.indentation >= printing.options.breakLength || (total / longest <= 5 && longest > 8)) {
    return parts;
  }
  const biased = Math.max(longest - 3 - Math.sqrt(longest - total / parts.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((printing.options.breakLength - printing.indentation) / longest),
    printing.options.compact * 4,
    15,
  );
  if (columns <= 1) {
    return parts;
  }
  const widths: number[] = [];
  for (let column = 0; column < columns; column++) {
    widths.push(Math.max(...lengths.filter((_, index) => index % columns === column), 0));
  }
  const numbers = Array.from(value as any[]).every((item) => typeof item === "number" || typeof item === "bigint");
  const rows: string[] = [];
  for (let i = 0; i < count; i += columns) {
    const end = Math.min(i + columns, count);
    let row = "";
    for (let k = i; k < end; k++) {
      const last = k === end - 1;
      const part = last ? parts[k] : `${parts[k]}, `;
      const width = last && !numbers ? 0 : widths[k - i] - (last ? 2 : 0);
      row += numbers ? part.padStart(width) : part.padEnd(width);
    }
    rows.push(row);
  }
  if (hasMore) {
    rows.push(parts[count]);
  }
  return rows;
}

/** Puts the parts on one line where they are few and short, else one below the other. */
function brace(printing: Printing, before: string, parts: string[], braces: string, depth: number, value: any): string {
  const [open, close] = braces;
  const compact = printing.options.compact;
  const list = Array.isArray(value) || ArrayBuffer.isView(value);
  if (parts.length === 0) {
    return `${before}${open}${close}`;
  }
  const columns = list && typeof compact === "number" && parts.length > 6 ? inColumns(printing, parts, value) : parts;
  if (typeof compact === "number" && printing.level - depth < compact && columns.length === parts.length) {
    const start = parts.length + printing.indentation + open.length + before.length + 10;
    const length = parts.reduce((sum, part) => sum + part.length, 0) + parts.length + start;
    const joined = parts.join(", ");
    if (length <= printing.options.breakLength && !joined.includes("\n") && !before.includes("\n")) {
      return `${before}${open} ${joined} ${close}`;
    }
  }
  const indent = `\n${" ".repeat(printing.indentation)}`;
  return `${before}${open}${indent}  ${columns.join(`,${indent}  `)}${indent}${close}`;
}

/** How many parts it has that are no properties. */
function sizeOf(value: any): number {
  if (value instanceof Map || value instanceof Set) {
    return value.size;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return (value as any).length ?? 1;
  }
  return value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet ? 1 : 0;
}

/** What is special of an object: its prefix, braces and parts that are no properties. A text is all there is of it. */
function describe(printing: Printing, value: any): { before: string; braces: string; parts: () => string[]; whole?: string } {
  const none = (): string[] => [];
  if (Array.isArray(value)) {
    const before = prefix(value, "Array", value.length);
    return { before, braces: "[]", parts: () => printElements(printing, value) };
  }
  if (value instanceof Map) {
    return { before: prefix(value, "Map", value.size), braces: "{}", parts: () => printEntries(printing, value, true) };
  }
  if (value instanceof Set) {
    return { before: prefix(value, "Set", value.size), braces: "{}", parts: () => printEntries(printing, value, false) };
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const before = prefix(value, "", (value as any).length);
    return { before, braces: "[]", parts: () => printElements(printing, value) };
  }
  let whole: string | undefined;
  if (typeof value === "function") {
    whole = printFunction(value);
  } else if (value instanceof Error) {
    whole = printError(printing, value);
  } else if (value instanceof RegExp) {
    whole = String(value);
  } else if (value instanceof Date) {
    whole = Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  } else if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) {
    return { before: `${className(value)} `, braces: "{}", parts: () => [value instanceof Promise ? "<pending>" : "<items unknown>"] };
  } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
    whole = `[${className(value)}: ${printPrimitive(printing, value.valueOf())}]`;
  }
  return { before: whole === undefined ? prefix(value, "Object") : "", braces: "{}", parts: none, whole };
}

function printCustom(printing: Printing, value: any): string | undefined {
  const own = printing.options.customInspect ? value[custom] : undefined;
  if (typeof own !== "function" || own === inspect) {
    return undefined;
  }
  const depth = printing.options.depth === null ? null : printing.options.depth - printing.open.length;
  const made = own.call(value, depth, { ...printing.options, depth }, inspect);
  if (made === value) {
    return undefined;
  }
  const text = typeof made === "string" ? made : print(printing, made);
  return text.replace(/\n/g, `\n${" ".repeat(printing.indentation)}`);
}

function printObject(printing: Printing, value: any): string {
  const depth = printing.open.length;
  if (printing.open.includes(value)) {
    if (!printing.circles.has(value)) {
      printing.circles.set(value, printing.circles.size + 1);
    }
    return `[Circular *${printing.circles.get(value)}]`;
  }
  const special = printCustom(printing, value);
  if (special !== undefined) {
    return special;
  }
  const { before, braces, parts, whole } = describe(printing, value);
  const keys = shownKeys(printing, value).filter(
    (key) => !(value instanceof Error && (key === "stack" || key === "message")),
  );
  if (whole !== undefined && keys.length === 0) {
    return whole;
  }
  if (whole === undefined && keys.length === 0 && sizeOf(value) === 0) {
    return before + braces;
  }
  if (printing.options.depth !== null && depth > printing.options.depth) {
    return `[${className(value) ?? "Object: null prototype"}]`;
  }
  printing.open.push(value);
  printing.level = depth;
  const all = parts();
  for (const key of keys) {
    all.push(printProperty(printing, value, key));
  }
  printing.open.pop();
  const circle = printing.circles.get(value);
  const start = circle ? `<ref *${circle}> ` : "";
  return brace(printing, start + (whole === undefined ? before : `${whole} `), all, braces, depth, value);
}

function print(printing: Printing, value: any): string {
  return value === null || (typeof value !== "object" && typeof value !== "function")
    ? printPrimitive(printing, value)
    : printObject(printing, value);
}

export function inspect(value: any, options?: InspectOptions | boolean, depth?: number | null): string {
  const given = typeof options === "object" && options !== null ? options : { showHidden: options === true };
  const merged: any = { ...DEFAULTS, ...given };
  if (depth !== undefined) {
    merged.depth = depth;
  }
  if (merged.depth === Infinity) {
    merged.depth = null;
  }
  return print({ options: merged, open: [], circles: new Map(), indentation: 0, level: 0 }, value);
}

(inspect as any).custom = custom;
(inspect as any).defaultOptions = DEFAULTS;

function formatText(value: any): string {
  if (typeof value === "object" && value !== null) {
    const own = typeof value.toString === "function" && value.toString !== Object.prototype.toString;
    return own && (value instanceof Error || !className(value)?.match(/^(Object|Array)$/))
      ? String(value)
      : inspect(value, { depth: 0, compact: 3 });
  }
  return typeof value === "bigint" || Object.is(value, -0) ? inspect(value) : String(value);
}

function formatJson(value: any): string {
  try {
    return String(JSON.stringify(value));
  } catch {
    return "[Circular]";
  }
}

function formatNumber(value: any, read: (text: any) => number): string {
  return typeof value === "bigint" ? `${value}n` : typeof value === "symbol" ? "NaN" : inspect(read(value));
}

/** util.format: `%s %d %i %f %j %o %O %c %%`, and what is left over behind it. */
export function format(...values: any[]): string {
  let at = 0;
  let text = "";
  if (typeof values[0] === "string") {
    at = 1;
    text = values.length === 1 ? values[0] : values[0].replace(/%([sdifjoOc%])/g, (whole: string, kind: string) => {
      if (kind === "%") {
        return "%";
      }
      if (at >= values.length) {
        return whole;
      }
      const value = values[at++];
      switch (kind) {
        case "s":
          return formatText(value);
        case "d":
          return typeof value === "object" ? "NaN" : formatNumber(value, Number);
        case "i":
          return typeof value === "object" ? "NaN" : formatNumber(value, parseInt);
        case "f":
          return formatNumber(value, parseFloat).replace(/n$/, "");
        case "j":
          return formatJson(value);
        case "o":
          return inspect(value, { showHidden: true, depth: 4 });
        case "O":
          return inspect(value);
        default:
          return "";
      }
    });
  }
  const rest = values.slice(at).map((value) => (typeof value === "string" ? value : inspect(value)));
  return at > 0 ? [text, ...rest].join(" ") : rest.join(" ");
}

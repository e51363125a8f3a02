// SPDX-License-Identifier: Apache-2.0
// Node's console. All of it goes to standard error: standard output belongs to weir.

import * as host from "weir:host";
import { format, inspect } from "./inspect.ts";

let indentation = "";
const counts = new Map<string, number>();

function print(...values: any[]): void {
  const text = format(...values);
  host.print(`${indentation}${indentation ? text.replace(/\n/g, `\n${indentation}`) : text}\n`);
}

function group(...values: any[]): void {
  if (values.length > 0) {
    print(...values);
  }
  indentation += "  ";
}

/** A table of rows and columns, as console.table() draws it. */
function table(data: any, only?: string[]): void {
  if (data === null || typeof data !== "object") {
    print(data);
    return;
  }
  const rows = Object.keys(data);
  const isRow = (value: any): boolean => value !== null && typeof value === "object";
  const columns = only ?? [...new Set(rows.flatMap((row) => (isRow(data[row]) ? Object.keys(data[row]) : [])))];
  const values = rows.some((row) => !isRow(data[row]));
  const head = ["(index)", ...columns, ...(values ? ["Values"] : [])];
  const cell = (value: any): string => inspect(value, { depth: 0, maxArrayLength: 3, breakLength: Infinity });
  const body = rows.map((row) => [
    row,
    ...columns.map((column) => (isRow(data[row]) && column in data[row] ? cell(data[row][column]) : "")),
    ...(values ? [isRow(data[row]) ? "" : cell(data[row])] : []),
  ]);
  const widths = head.map((title, index) => Math.max(...[title, ...body.map((row) => row[index])].map((text) => text.length + 2)));
  const line = (left: string, middle: string, right: string): string => left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const centred = (text: string, width: number): string => {
    const left = Math.floor((width - text.length) / 2);
    return " ".repeat(left) + text + " ".repeat(width - text.length - left);
  };
  const drawn = (cells: string[]): string => `│${cells.map((text, index) => centred(text, widths[index])).join("│")}│`;
  print([line("┌", "┬", "┐"), drawn(head), line("├", "┼", "┤"), ...body.map(drawn), line("└", "┴", "┘")].join("\n"));
}

const console: any = {
  log: print,
  info: print,
  debug: print,
  warn: print,
  error: print,
  trace: (...values: any[]) => print(`Trace: ${format(...values)}`),
  dir: (value: any, options?: any) => print(inspect(value, { customInspect: false, ...options })),
  dirxml: print,
  table,
  group,
  groupCollapsed: group,
  groupEnd: () => {
    indentation = indentation.slice(2);
  },
  assert: (holds?: any, ...values: any[]) => {
    if (!holds) {
      print(values.length ? `Assertion failed: ${format(...values)}` : "Assertion failed");
    }
  },
  count: (label = "default") => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    print(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = "default") => {
    counts.delete(label);
  },
  time: () => {},
  timeLog: (label = "default") => print(`${label}: 0ms`),
  timeEnd: (label = "default") => print(`${label}: 0ms`),
  clear: () => {},
};
console.Console = function Console() {
  return console;
};

export const { log, info, debug, warn, error, Console } = console;
export default console;

// SPDX-License-Identifier: Apache-2.0
// Enums of every kind, merged, nested and exported; what they print is what TypeScript's own output prints.
enum Plain { A, B, C }
enum From { A = 5, B, C = A + B, D }
enum Text { Up = "UP", Down = "down", "With space" = "w", Both = `${"x"}y` }
enum Mixed { No = 0, Yes = "yes", Computed = "abc".length }
const enum Flag { None = 0, Read = 1 << 0, Write = 1 << 1, All = Read | Write }
export enum Exported { X = -1, Y, Z = ~0 }
enum Merged { A = 1 }
enum Merged { B = A + 1, C = "c" }
enum Empty {}
enum Quoted { 'a-b' = 1, c }
enum Refers { A = Plain.B, B = Text.Up.length, C = Flag.All }

function nested(limit: number) {
  enum Local { One = 1, Two = limit, Three = limit * 2 }
  const seen: string[] = [];
  for (let i = 0; i < 2; i++) {
    enum InLoop { A = i }
    seen.push(InLoop[i]);
  }
  return [Local, seen];
}

console.log(JSON.stringify([Plain, From, Text, Mixed, Merged, Empty, Quoted, Refers, Exported]));
console.log(Plain[1], Plain.C, Text["With space"], Flag.All, From[From.D]);
console.log(JSON.stringify(nested(7)));
const describe = (p: Plain): string => { switch (p) { case Plain.A: return "a"; default: return Plain[p]; } };
console.log(describe(Plain.A), describe(Plain.B));
enum OneLine { A, B = 2 } console.log(OneLine.B, OneLine[0]);

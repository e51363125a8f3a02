// SPDX-License-Identifier: Apache-2.0
// Each value of a template becomes text before the next one is looked at.
const log: string[] = [];
const o = (n: string) => ({ toString() { log.push(n); return n; } });
const f = (n: string) => { log.push("f" + n); return o(n); };
const a = o("a"), s = "x";
console.log(`${a}-${f("b")}-${s}-${o("c")}`, log.join());
log.length = 0;
console.log(`${a}${s}`, `plain`, `${(a as any).toString()}
  ${f("q") as any}${s}`, log.join());
function tag(t: TemplateStringsArray, ...v: any[]) { return v.map((x) => typeof x).join(); }
console.log(tag`${a}${f("t")}`);

// SPDX-License-Identifier: Apache-2.0
// Every kind of value in every kind of expression.

import {
  App, Fn, LocalBackend, Op, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable, Token,
  call, conditional, dependable, forExpression, propertyAccess, rawString, ref,
} from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "expressions");
new LocalBackend(stack, { path: "state" });
const v = new TerraformVariable(stack, "v", { type: "any" });
const output = (id: string, value: any): any => new TerraformOutput(stack, id, { value, staticId: true });

const values: { [name: string]: any } = {
  text: "a", newline: "a\nb", tab: "a\tb", quote: 'a"b', escapedQuote: 'a\\"b', quoted: '"abc"', onlyQuote: '"', dollar: "${x}",
  doubleDollar: "$${x}", percent: "%{x}", backslash: "a\\b", empty: "", one: 1, negative: -1.5, zero: 0, large: 1e21, yes: true, no: false,
  nothing: null, missing: undefined, list: [1, "a", null, undefined, true], emptyList: [], object: { a: 1, "b c": "x", n: null, u: undefined },
  emptyObject: {}, nested: [[1], { a: ["b"] }], token: v.stringValue, mixed: `a ${v.stringValue} "b"\n`, two: `${v.stringValue}${v.stringValue}`,
  number: v.numberValue, numberInText: `a${v.numberValue}b`, tokenList: v.listValue, tokenMap: Token.asStringMap(v.value),
  heldObject: Token.asString({ a: 1, b: [ref("x.y")] }), tokenKey: { [v.stringValue]: 1 }, call: call("g", [1]), reference: ref("a.b"),
};
for (const [name, value] of Object.entries(values)) {
  output(`call-${name}`, call("f", [value, [value], { k: value }]));
  output(`access-${name}`, propertyAccess(value, ["k"]));
  output(`step-${name}`, propertyAccess(ref("x"), [value]));
  output(`condition-${name}`, conditional(value, value, value));
  output(`equal-${name}`, Op.eq(value, value));
  output(`not-${name}`, Op.not(value));
  // An object that is held as text comes out of a `for` as no one can read it: that is not repeated.
  const loose = name === "heldObject" ? "x" : value;
  output(`for-${name}`, forExpression(value, loose));
  output(`map-${name}`, forExpression(value, loose, loose));
  if (typeof value === "string") output(`raw-${name}`, rawString(value));
  if (typeof value === "string") output(`raw-in-call-${name}`, call("f", [rawString(value), `x ${rawString(value)}`]));
}
for (const operator of ["mul", "div", "mod", "add", "sub", "gt", "gte", "lt", "lte", "eq", "neq", "and", "or"] as const) {
  output(`op-${operator}`, Op[operator](Op[operator](1, v.numberValue), Op.negate(3)));
  output(`op-zero-${operator}`, Op[operator](0, 0));
  output(`op-text-${operator}`, `a ${Op[operator](1, 2)} b`);
}
output("lookup", [Fn.lookup(v.value, "a"), Fn.lookup(v.value, "a b", "d"), Fn.lookup(v.value, "a", 0), Fn.lookupNested(v.value, ["a", 1, "*", "b-c"])]);
output("range", [Fn.range(1, 5), Fn.range(1, 5, 2), Fn.range(1, 5, 0)]);
output("bcrypt", [Fn.bcrypt("a"), Fn.bcrypt("a", 0), Fn.bcrypt("a", 5)]);
output("spread", [Fn.coalesce([null, "a", undefined, 1]), Fn.max([v.numberValue, 2]), Fn.concat([v.listValue, ["a", null]]), Fn.setunion(["a"], [v.listValue, ["b"]])]);
output("join", [Fn.join(",", ["a", v.stringValue]), Fn.join(v.stringValue, v.listValue)]);
output("nested", Fn.upper(`a ${Fn.lower(v.stringValue)} ${Fn.rawString('"q"')}`));
output("dependable", [dependable(v), `x ${dependable(v)}`, call("f", [dependable(v)])]);
output("glued", [`x-${v.numberValue}`, `x ${v.numberValue}.`]);
output("local", propertyAccess(new TerraformLocal(stack, "l", { a: v.value }), ["a"]));
app.synth();

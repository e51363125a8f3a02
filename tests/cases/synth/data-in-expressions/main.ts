import { App, Fn, Lazy, Op, TerraformOutput, TerraformStack, TerraformVariable, Token, propertyAccess, rawString } from "cdktf";

// Data in expressions is written in one walk, but for what only the library can tell: both must come to the same.

const app = new App();
const stack = new TerraformStack(app, "data");
const name = new TerraformVariable(stack, "name", { type: "string" });
const count = new TerraformVariable(stack, "count", { type: "number" });
const zones = new TerraformVariable(stack, "zones", { type: "list(string)" });
const maybe = Lazy.stringValue({ produce: () => undefined });
class Point {
  constructor(readonly x: number, readonly y: string) {}
}
const data: { [id: string]: any } = {
  plain: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["a:B", "a:C"], n: 1.5, on: true, off: false, none: null }] },
  texts: { newline: "a\nb", escape: "${x} $${y} %{z}", quote: 'say "it"', quoted: '"it"', slash: "a\\b", empty: "", wide: "é😀" },
  keys: { 'a"b': 1, "a b": 2, "${k}": 3, 10: "ten", 2: "two", "é": 4 },
  tokens: { a: { b: [{ c: name.stringValue, d: `x-${name.stringValue}-"y"-\${z}` }, [name.stringValue, "t"], []] }, e: {} },
  number: { a: [count.numberValue, { b: count.numberValue }], c: `n${count.numberValue}` },
  list: { a: zones.listValue, b: [{ c: zones.listValue }] },
  map: { a: Token.asStringMap(Token.asAny({ k: name.stringValue })) },
  absent: { a: undefined, b: [{ c: undefined, d: 1 }], e: maybe, f: { g: maybe, h: "i" } },
  holes: [1, undefined, { a: name.stringValue }, 3],
  nulls: [[null, "a"], { a: [null] }],
  lazy: { a: [Lazy.stringValue({ produce: () => "b" }), Lazy.anyValue({ produce: () => ({ c: ["d", name.stringValue] }) })] },
  keyToken: { [name.stringValue]: { a: "b" }, plain: 1 },
  class: { a: new Point(1, name.stringValue), b: [new Date(0)], c: Object.create(null) },
  calls: { a: Fn.upper(name.stringValue), b: [Fn.join(",", [name.stringValue, "x"]), Fn.rawString('r"\n')], c: Op.add(1, count.numberValue), d: `${Fn.lower(name.stringValue)}/${Fn.rawString('q"')}` },
  access: propertyAccess({ a: { b: name.stringValue } }, ["a", "b"]),
  resolvable: { a: { resolve: "text" }, b: rawString("x") },
  nonfinite: { a: [NaN, Infinity, -Infinity, -0, 1e21, 1e-7] },
};
for (const id of Object.keys(data)) {
  new TerraformOutput(stack, id, { value: Fn.jsonencode(data[id]) });
  new TerraformOutput(stack, `${id}-nested`, { value: Fn.merge([{ in: [data[id]] }, Fn.tomap({ d: data[id] })]) });
  new TerraformOutput(stack, `${id}-op`, { value: Op.eq(data[id], data[id]) });
}
app.synth();

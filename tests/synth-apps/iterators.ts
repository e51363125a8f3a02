// SPDX-License-Identifier: Apache-2.0
// Every kind of iterator in resources, attributes, blocks and expressions.

import {
  App, Fn, LocalBackend, TerraformCount, TerraformDataSource, TerraformIterator, TerraformLocal, TerraformOutput, TerraformResource,
  TerraformStack, TerraformVariable, Token, forExpression, listMapper, ref,
} from "cdktf";

class Thing extends TerraformResource {
  constructor(scope: TerraformStack, id: string, readonly make: () => any, meta: any = {}) {
    super(scope, id, { terraformResourceType: "thing", ...meta });
  }
  protected synthesizeAttributes(): any {
    return this.make();
  }
}

const app = new App();
const kinds: { [name: string]: (stack: TerraformStack, v: TerraformVariable) => any } = {
  list: () => TerraformIterator.fromList(["a", "b"]),
  numbers: () => TerraformIterator.fromList([1, 2]),
  tokens: (_, v) => TerraformIterator.fromList(v.listValue),
  map: () => TerraformIterator.fromMap({ a: 1, b: { c: ref("x.y") }, "c d": "text" }),
  tokenMap: (_, v) => TerraformIterator.fromMap(Token.asStringMap(v.value)),
  complex: (_, v) => TerraformIterator.fromComplexList(v.value, "a.b"),
  complexList: () => TerraformIterator.fromComplexList([{ id: "a" }] as any, "id"),
  resources: (stack) => TerraformIterator.fromResources(new Thing(stack, "base", () => ({}), { forEach: TerraformIterator.fromList(["a"]) })),
  data: (stack) =>
    TerraformIterator.fromDataSources(new TerraformDataSource(stack, "base", { terraformResourceType: "thing", forEach: TerraformIterator.fromList(["a"]) })),
};
for (const [name, make] of Object.entries(kinds)) {
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: "state" });
  const v = new TerraformVariable(stack, "v", { type: "any" });
  const it = make(stack, v);
  const getters = () => ({
    value: it.value, key: it.key, text: it.getString("a b"), number: it.getNumber("n"), truth: it.getBoolean("b"), any: it.getAny("any"), list: it.getList("l"),
    numbers: it.getNumberList("nl"), map: it.getMap("m"), texts: it.getStringMap("sm"), mixed: `x-${it.value}-${it.key} ${it.getString("q")}`,
  });
  new Thing(stack, "each", getters, { forEach: it });
  const content = () => it.dynamic({ n: it.value, k: it.key, s: it.getString("x"), text: `a ${it.value} b`, deep: { q: [it.value] }, missing: undefined });
  const block = (value: any) => ({ n: value.n });
  new Thing(stack, "attribute", () => ({ attr: content(), list: [content()], object: { deep: content() } }));
  new Thing(stack, "block", () => ({ one: listMapper(block, true)(content()), two: listMapper(block, true)(content()), attr: listMapper(block, false)(content()) }));
  new TerraformLocal(stack, "local", content());
  const output = (id: string, value: any) => new TerraformOutput(stack, id, { value });
  output("keys", it.keys());
  output("values", it.values());
  output("plucked", [it.pluckProperty("p"), it.pluckProperty("p.q")]);
  output("for-list", [it.forExpressionForList("val.a"), it.forExpressionForList(it.value), it.forExpressionForList(Fn.upper(it.getString("x")))]);
  output("for-map", [it.forExpressionForMap("key", it.value), it.forExpressionForMap(it.key, Fn.upper(it.getString("q")) as any)]);
  output("in-call", Fn.jsonencode(content()));
  output("in-for", forExpression(v.value, it.value));
}
const stack = new TerraformStack(app, "count");
new LocalBackend(stack, { path: "state" });
const count = TerraformCount.of(new TerraformVariable(stack, "n", { type: "number" }).numberValue);
new Thing(stack, "counted", () => ({ index: count.index, name: `copy ${count.index}`, text: `${count}` }), { count });
new Thing(stack, "three", () => ({}), { count: 3 });
app.synth();

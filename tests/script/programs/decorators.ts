// SPDX-License-Identifier: Apache-2.0
// Decorators as experimentalDecorators has them: order of evaluation and of application, replacements, parameters.
const log: string[] = [];
const note = (name: string) => { log.push(`make ${name}`); return (...args: any[]): any => { log.push(`use ${name} ${args.length} ${String(args[1])} ${typeof args[2]}`); }; };
const upper = (target: any, key: string, d: PropertyDescriptor): PropertyDescriptor =>
  ({ ...d, value(this: any, ...a: any[]) { return d.value.apply(this, a).toUpperCase(); } });
function sealed(c: Function) { Object.seal(c); Object.seal(c.prototype); }
function tagged<T>(options: { tag: T; list?: T[] }) {
  return <C extends new (...a: any[]) => any>(base: C) => class extends base { tag = options.tag };
}

@note("class 1")
@note("class 2")
class First {
  @note("field") a: number = 1;
  @note("static field") static b = 2;
  constructor(@note("constructor parameter") private readonly p: string) {}
  @note("method 1") @note("method 2")
  m(x: number, @note("parameter") y?: string): string { return `${x}${y}${this.p}`; }
  @note("accessor") get v(): number { return this.a }
  @note("static method") static s() {}
  @upper
  shout(word: string) { return word + "!"; }
}

@tagged<string>({
  tag: "t", // the tag
  list: ["a" as string],
})
export class Second { own = 1 }

@sealed export class Third { @note("third") "quoted"() {} }

console.log(log.join("\n"));
console.log(new First("p").m(1, "y"), new First("q").shout("hey"), First.b);
console.log(JSON.stringify(new Second()), Object.isSealed(Third), Third.name);

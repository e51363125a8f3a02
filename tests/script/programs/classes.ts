// SPDX-License-Identifier: Apache-2.0
// Parameter properties, fields, modifiers, overloads.
abstract class Base<T> {
  protected readonly log: string[] = [];
  constructor(protected readonly name: T, public extra?: number) { this.log.push("base " + String(name)); }
  abstract run(): string;
  static make<U extends Base<any>>(this: new (n: string) => U, n: string): U { return new this(n); }
}
class Derived extends Base<string> {
  private static made = 0;
  second!: number;
  third?: string;
  declare fourth: string;
  readonly fn = () => this.count;
  constructor(name: string, private count = 3, readonly last: boolean = false) {
    super(name, count);
    Derived.made++;
    this.second = this.count * 2;
  }
  run(): string;
  run(times: number): string;
  override run(times?: number): string { return `${this.name} ${times ?? this.fn()} ${Derived.made} ${this.last}`; }
  get value(): number { return this.second }
  set value(v: number) { this.second = v }
  [Symbol.iterator] = function* (this: Derived): Generator<number> { yield this.count; };
}
class Tiny { constructor(readonly a: number, public b: string) {} }
class NoBrackets extends Tiny { constructor(public c: number) { super(c, "b") } }
class Outer { constructor(private x: number) {} inner() { const self = this; return class { constructor(readonly y = self.x) {} } } }
const d = Derived.make("n");
d.value = 21;
console.log(d.run(), d.run(2), JSON.stringify(d), Object.keys(d).join(), [...d].join());
console.log(JSON.stringify(new Tiny(1, "x")), JSON.stringify(new NoBrackets(5)), new (new Outer(8).inner())().y);
console.log(Tiny.length, Derived.length, NoBrackets.name);

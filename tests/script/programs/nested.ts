// SPDX-License-Identifier: Apache-2.0
// Enums and namespaces in each other, parameter properties in class expressions. No semicolons on purpose.
const log: unknown[] = []
namespace Outer {
  const enum Local { A = 1, B }
  export const enum Shared { X = "x", Y = "y" }
  export enum Num { One = Local.B, Two = One + 1, Three = `${One}`.length }
  export namespace Inner.Deep { export var v = 1; export const fn = () => v++; export abstract class C { static s = Num.One } }
  export async function* g() { yield* [1, 2] }
  export type T = { a: 1 }
  export declare const ambient: number
  export import D = Inner.Deep
  function hidden() { return D.fn() }
  export const [p, { q = 3, ...r }] = [1, { s: 4 } as { q?: number; s: number }] as const
  hidden(); hidden()
}
log.push(Object.keys(Outer), Outer.Inner.Deep.v, Outer.Shared.X, Outer.Num[2], Outer.Num.Three, Outer.p, Outer.q, Outer.r)
Outer.Inner.Deep.v = 10; log.push(Outer.Inner.Deep.fn(), Outer.D.v, Outer.D.C.s)
function scope() { namespace NotAllowed {} ; enum E { A = 1, B = A << 3, C = ~B, D = "d".length, F = "f" + "g", G = -1 } return E }
log.push(scope())
class Counter { static n = 0; constructor(public readonly id = Counter.n++) {} }
class Sub extends Counter { extra = "e"; constructor(override readonly id: number, private cb: () => number) { super(id); this.extra += cb() } }
log.push(new Sub(5, () => 1), new Counter(), new Counter())
const anon = new (class<T> { constructor(private x: T) {} get() { return this.x } })(7); log.push(anon.get())
const cls = class Named extends Counter { constructor(readonly z: string) { "use strict"; super(); log.push(this.z) } }
log.push(new cls("z"), cls.name)
enum Big { A = 0x10, B = 1e3, C = 1.5, D, E = 1 / 3, F = 7 % 4 ** 2 } log.push(Big)
enum Str { A = 'a"b', B = "c\n", 'x-y' = "d" } log.push(Str)
enum Dup { A = 1, B = 1, C = A } log.push(Dup)
log.push(((e: typeof Big) => e.C)(Big))
console.log(JSON.stringify(log))

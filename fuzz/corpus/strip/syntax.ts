// Where spaces in place of types could change how the rest is read. No semicolons on purpose.
const out: unknown[] = []
const push = (x: unknown) => out.push(x)
const a = 1 as number
;(push as any)(a)
let b = [1, 2] as number[]
type T = {}
;[3].forEach(push)
const c = a
interface I {}
(push)(c)
const f = (x: number): {
  y: number
} => ({ y: x })
push(f(1).y)
const g = async <
  U
>(x: U): Promise<U> => x
function h() {
  return <
    V
  >(x: V) => x
}
push(h()(4))
const k = () => <{ z: number }>{ z: 5 }
push(k().z)
function m() {
  return <
    number
  >6
}
push(m())
push(a + 2 as number * 3)
class P { q = a
  private ["r"] = 7
  get: number | undefined
  s() { return this.r }
  static
  t: number = 8 }
push(new P().s())
push(P.t)
push(out!.length!)
push((out as any)!?.length satisfies number)
const generic = <W,>(x: W): W => x
push(generic<string>("w"))
const tagged = <X>(s: TemplateStringsArray, ...v: X[]) => s.join("-") + v.join("+")
push(tagged<number>`a${1}b${2}c`)
const inst = generic<number>
push(inst(9))
push(a < 2 && c > 0)
const o = { m<Y>(this: any, y?: Y): Y | undefined { return y }, async *n(): AsyncGenerator<number> {}, get p(): number { return 1 } }
push(o.m(10))
for (const x of [11] as const) push(x)
for (let i: number = 0; i < 1; i++) push(i)
try { throw new Error("e") } catch (e: unknown) { push((e as Error).message) }
label: for (;;) { break label }
var fn = function <Z>(z: Z): z is Z { return !!z }
push(fn(1))
push([..."ab" as string].length)
push(typeof (<any>a))
let n!: number
n = 12; push(n)
let { u, v }: { u: number; v?: string } = { u: 13 }
push(u)
abstract class Q { abstract r: number; abstract s(): void }
push(Q.name)
function over(x: string): void
function over(x: number): void
function over(x: any) { push(x) }
over(14)
declare let nowhere: string
declare function nothing(): void
push(typeof nowhere)
g(15).then(x => { push(x); console.log(JSON.stringify(out)) })

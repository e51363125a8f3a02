// SPDX-License-Identifier: Apache-2.0
// Types wherever they may stand, beside what only looks like them.
import { readFileSync, type PathLike } from "node:fs";
import * as path from "node:path";
import type { Stats } from "node:fs";
import os, { EOL } from "node:os";
const out: unknown[] = [];
const push = (...x: unknown[]): number => out.push(...x);
interface Opt { a?: { b: (() => { c: number })[] }; readonly d: string; [k: string]: any }
type Fn<T extends unknown[] = [], R = void> = (...args: T) => R;
type Cond<T> = T extends `${infer A}-${infer B}` ? [A, B] : never;
const o: Opt = { d: "d", a: { b: [() => ({ c: 1 })] } };
push(o?.a?.b![0]!().c!, (o as any).a!.b!.length);
export default async function gen<T,>(x: T, ...r: Array<T>): Promise<T[]> { return [x, ...r]; }
class K<T = string> {
  static #count = 0;
  "quoted"?: string;
  123: number = 1;
  [Symbol.toStringTag]: string = "K";
  static readonly inner = class<U> { constructor(protected u?: U, private readonly w: number = 2) {} get(): number { return this.w } };
  private static async *many<V>(this: typeof K, v: V): AsyncGenerator<V> { yield v; }
  constructor();
  constructor(x: T);
  constructor(private x?: T, readonly y = [1, 2].map((n: number): number => n * 2), ) { K.#count++; }
  get z(): T | undefined { return this.x }
  set z(v: T | undefined) { this.x = v }
  is(this: K<any>, other: unknown): other is K { return other instanceof K }
  static all() { return K.many(K.#count) }
  protected abstractish?(): void;
}
const k = new K<string>("s");
push(k.z, k.y, K.inner.length, new K.inner<string>().get(), k.is(k), Object.keys(k));
var declare = 1, type = 2, namespace = 3, abstract = 4, as = 5, satisfies = 6, of = 7, module_ = 8;
push(declare, type, namespace, abstract, as as number, satisfies satisfies number, of, module_);
type
= 9
push(type)
for (const x of [1, 2] as const satisfies readonly number[]) push(x);
const big = (1_000 as number) / 10 / (2 as number);
push(big, /[/]<T>/.test("/<T>"), `${(o.d as string)!}${`in ${1 as any}`}`);
const curried = <A,>(a: A) => <B,>(b: B): [A, B] => [a, b];
push(curried<number>(1)("x"));
const obj = { async *g<T>(x: T): AsyncGenerator<T> { yield x }, get<T>(x: T) { return x }, set: (v: number): number => v, async: 1 as number, [<string>"k"]: 2 };
push(obj.get<number>(3), obj.set(4), obj.k);
let un: undefined | (() => void);
push(un?.(), un! ?? "none");
push(((x: number | string): x is number => typeof x === "number")(1));
const t1 = true ? (x: number): number => x : null, t2 = false ? null : (y: string) => y;
push(t1!(1), t2!("y"));
const cond = (a: boolean) => a ? (b: number) => b : (c: string): string => c;
push((cond(true) as any)(5));
label: { if (o.d as unknown as boolean) break label; push("never") }
switch (o.d as string) { case "d" as string: push("case"); break; default: push("default") }
if (<any>o.d == "d") push("eq"); else push("ne")
push((function (this: { q: number }, r: number): number { return this.q + r }).call({ q: 1 }, 2));
push(typeof readFileSync, path.join("a", "b"), EOL.length);
const p: PathLike | Stats | undefined = undefined; push(p);
abstract class Abs { abstract get v(): number; protected abstract m<T>(x: T): T; static make(this: new () => any) { return new this() } }
class Con extends Abs { get v(): number { return 1 } protected m<T>(x: T) { return x } override toString(): string { return String(this.m<number>(this.v)) } }
push(String(Con.make()));
const key = "dyn" as const; class Dyn { [key]: number = 1; static [`s${key}`](): string { return "sd" } }
push(new Dyn()[key], (Dyn as any)["sdyn"]());
let assigned!: { x: number }, { y: renamed = 2 as number, ...others }: any = { z: 1 };
(assigned as any) = { x: 1 }; (assigned!).x! += 2; assigned!.x++; push(assigned, renamed, others);
let [first, , second = <number>4]: number[] = [1, 2]; push(first, second);
const opt = (a?: number, b: string = "b", ...c: boolean[]): void => void push(a, b, c); opt(); opt(1, "x", true, false);
push(((a, b: number) => (a as number) + b)(1, 2));
async function later(): Promise<void> { for await (const x of K.all() as AsyncIterable<number>) push(x); push(await (gen<number>(1, 2) as Promise<number[]>)); await null as unknown; }
function asserts(x: unknown): asserts x is string { if (typeof x !== "string") throw new Error("no") }
asserts("s"); function never(): never { throw 1 as any }
try { never() } catch { push("caught") }
const u = Symbol() as unknown as any; push(typeof u);
const neg = (-<number>3) ** 2, nn = !(o as any)!, tt = typeof o as string; push(neg, nn, tt);
const arr = <T,>(...x: T[]): T[] => x; push(arr<Array<Array<number>>>([[1]]), 1 < 2, 3 >> 1, 5 >>> 1);
var x1 = 1 < (2 as any), y1 = (1 as any) > 2; push(x1, y1);
let fnType: new (...args: any[]) => object = Object; push(typeof fnType);
const getset = { get a(): number { return 1 }, set a(v: number) {} }; push(getset.a);
later().then(() => console.log(JSON.stringify(out)));

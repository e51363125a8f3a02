// Namespaces with values: nested, dotted, merged with each other, with classes, functions and enums.
namespace Shapes {
  export interface Shape { area(): number }
  export const unit = 2, half = unit / 2;
  export let count = 0;
  export const { a, b: [c] } = { a: 1, b: [2] };
  const hidden = 3;
  export class Square implements Shape {
    constructor(private readonly side: number) { count++; }
    area(): number { return this.side * this.side * hidden; }
  }
  export function make(side: number): Shape { return new Square(side); }
  export enum Kind { Round, Square }
  export namespace Deep { export const where = "deep"; }
}
namespace Shapes {
  export const twice = unit * 2;
  export const other = make(4).area() + Kind.Square;
}
namespace Types { export interface Only {} export type Also = string; }
namespace A.B.C { export const value = "abc"; }
class Box { constructor(public readonly label: string) {} }
namespace Box { export const empty = new Box("empty"); export type T = number; }
function call() { return call.times; }
namespace call { export const times = 3; }
enum Color { Red = 1, Blue }
namespace Color { export function parse(s: string): Color { return s === "Red" ? Color.Red : Color.Blue; } }
import Alias = Shapes.Deep;
import TypeAlias = Types.Only;
export namespace Exported { export const v = "v"; export let w = "w"; export function setW(x: string) { w = x } }

const t: TypeAlias = {};
console.log(Object.keys(Shapes).join(), Shapes.make(2).area(), Shapes.count, Shapes.half, Shapes.a, Shapes.c);
Shapes.count = 10; Shapes.make(1);
console.log(Shapes.count, Shapes.twice, Shapes.other, Shapes.Kind[1], Alias.where, A.B.C.value, t);
console.log(Box.empty.label, call(), Color.parse("Red"), Color[2]);
Exported.setW("changed");
console.log(JSON.stringify(Exported), Exported.w);

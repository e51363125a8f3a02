// SPDX-License-Identifier: Apache-2.0
// Comparisons that look like type arguments.
let a = 1, b = 2, c = 3, d = 4; const out: any[] = []; const f = (...x: any[]) => out.push(x);
f(a < b, c > -1); f(a < b, c > +1); f(a < b, c >> d); f(a < b, c >= d); f(a < b, c >>> 1); f(a < b || c > d); f(a < b && c > (d));
f(a < b, (c) > d); f(a < (b), c > d); f(a<b?c:d); f(a < b === c > d); f((a < b) > (c)); const x = a < b, y = c > d; f(x, y);
f(a<b, c>d); f([a < b, c > d]); f({ p: a < b, q: c > d }); f(a < b ? [c > d] : 1);
for (let i = 0; i < a; i++) f(i); while (a < b && b > a) { a++ } if (a < b || c > 1) f("if");
f(a <= b, c >= d, a << 2 > 3, b >> 1 < 3); f(`${a < b}${c > d}`); f(!(a < b) > !c); f(a < b, c > !d); f(a < b, c > "1"); f(a < b, c > [0][0]); f(a < b, c > f.length);
console.log(JSON.stringify(out));

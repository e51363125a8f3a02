// SPDX-License-Identifier: Apache-2.0
// Prints the same under Node 20 and under weir: each line is what one expression gives. `node main.mjs > expected.txt` made what is expected.

import assert from "node:assert";
import { Buffer } from "node:buffer";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { EventEmitter } from "node:events";
import fs from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import querystring from "node:querystring";
import { PassThrough, Readable, Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { fileURLToPath, pathToFileURL, parse, format as formatURL, resolve } from "node:url";
import util from "node:util";

let line = 0;
function show(value) {
  console.log(`${++line} ${typeof value === "string" ? JSON.stringify(value) : util.inspect(value)}`);
}
function thrown(fn) {
  try {
    return ["returned", fn()];
  } catch (error) {
    return [error.name, error.code, error.message];
  }
}

// path
for (const name of ["", ".", "..", "/", "//", "//a", "a", "a/", "/a", "/a/", "a/b.c", "/a/b.c/", "a//b", "./a/../b", "../../a", "/../a", ".a", "a.", "a.b.", "a/..", "/a/b/../../..", "..a", "a/.b.c"]) {
  show([path.normalize(name), path.dirname(name), path.basename(name), path.extname(name), path.isAbsolute(name), path.parse(name)]);
}
show([path.join(), path.join("a", "", "../b", "/c/"), path.join("/a", "..", "..", "b"), path.resolve("/a", "b", "../c"), path.resolve("/a", "/b", "c")]);
show([path.relative("/a/b/c", "/a/d"), path.relative("/a", "/a"), path.relative("/", "/a/b"), path.relative("/a/bc", "/a/b"), path.basename("a.html", ".html"), path.basename(".html", ".html"), path.basename("/a/b.x/", ".x")]);
show([path.format({ dir: "/a", base: "b.c" }), path.format({ root: "/", name: "b", ext: ".c" }), path.format({ dir: "/", root: "/", base: "x" }), path.format({ name: "n", ext: "e" }), path.sep, path.delimiter, path.posix === path]);
show(thrown(() => path.join("a", 1)));

// crypto
for (const algorithm of ["md5", "sha1", "sha256", "sha512", "SHA256"]) {
  show([createHash(algorithm).update("a").update("ü€😀").digest("hex"), createHash(algorithm).update("6162", "hex").digest("base64"), createHash(algorithm).digest().length]);
}
show([createHmac("sha256", "key").update("text").digest("hex"), createHmac("md5", Buffer.alloc(100, 7)).update("text").digest("base64url"), createHmac("sha512", "").update("").digest("hex")]);
show(thrown(() => createHash("none")));
const copied = createHash("sha1").update("a");
show([copied.copy().update("b").digest("hex"), copied.digest("hex"), thrown(() => copied.update("c"))]);
show([timingSafeEqual(Buffer.from("a"), Buffer.from("a")), thrown(() => createHash("md5").update(1))[1]]);

// buffer and text
const text = "aß€😀\ud800z";
for (const encoding of ["utf8", "hex", "base64", "base64url", "latin1", "ascii", "utf16le", "ucs2", "binary"]) {
  show([Buffer.from(text).toString(encoding), Buffer.from(Buffer.from(text).toString(encoding), encoding).length, Buffer.byteLength("616g€", encoding)]);
}
for (const bytes of [[0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x61, 0xff, 0x62], [0xe2, 0x28, 0xa1], [0xef, 0xbb, 0xbf, 0x61]]) {
  show([Buffer.from(bytes).toString(), new TextDecoder().decode(Uint8Array.from(bytes))]);
}
show([Buffer.from("YWJj=ZGVm", "base64").toString(), Buffer.from("YW Jj\nZA", "base64").toString(), Buffer.from("-_-_", "base64"), Buffer.from("abx1", "hex"), Buffer.from("abc", "hex")]);
show([Buffer.concat([Buffer.from("ab"), Buffer.from("cd")]).toString(), Buffer.concat([Buffer.from("abc")], 2).toString(), Buffer.alloc(5, "xy").toString(), Buffer.from([1, 256, -1]), Buffer.from(Buffer.from("x").toJSON())]);
show([Buffer.from("abc").slice(1).toString(), Buffer.from("abc").subarray(-2, -1).toString(), Buffer.from("abcabc").indexOf("ca"), Buffer.from("abc").includes("d"), Buffer.from("a").equals(Buffer.from("a")), Buffer.compare(Buffer.from("a"), Buffer.from("b"))]);
show([Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer(new Uint8Array(1)), Buffer.isEncoding("UTF-8"), Buffer.isEncoding("x"), JSON.stringify(Buffer.from("a")), String(Buffer.from("abc"))]);
show([Buffer.from([1, 2, 3, 4]).readUInt32BE(0), Buffer.from([1, 2, 3, 4]).readUInt16LE(1), Buffer.from("abc").toString("utf8", 1, 2), atob("YWI="), btoa("ab"), thrown(() => Buffer.from("a", "none"))[1], thrown(() => Buffer.from(1))[1]]);
const decoder = new StringDecoder("utf8");
show([...Buffer.from("€😀")].map((byte) => decoder.write(Buffer.from([byte]))).concat(decoder.end(Buffer.from([0xe2]))));
show(new TextEncoder().encode("ü\ud800"));

// util.inspect and util.format
class Point {
  constructor() {
    this.x = 1;
    this["y-z"] = "it's";
  }
}
class Named extends Point {
  get [Symbol.toStringTag]() {
    return "tag";
  }
}
const circle = { name: "c", list: [] };
circle.self = circle;
circle.list.push(circle);
const values = [
  0, -0, 1.5, 10n, "a", "it's", 'q"\'', "line\n\u0001", true, null, undefined, Symbol("s"), [], {}, [1, , 3], [undefined, null],
  { a: 1, b: "x", 3: 4, "c-d": [1, 2, { e: { f: { g: 1 } } }] }, new Point(), new Named(), Object.create(null), new Map([["a", { b: 1 }], [1, 2]]), new Set([1, "a", [2]]),
  new Date(0), /a\/b/gi, () => 1, function named() {}, class A {}, class B extends Point {}, async () => 1, function* g() {}, circle, Object.assign(() => 1, { a: 1 }), Object.assign([1], { a: 1 }),
  new Uint8Array([1, 2, 3]), Buffer.from("abc"), { get a() { return 1; }, set a(v) {}, get b() { return 2; }, set c(v) {} }, { [Symbol("k")]: 1 }, [[[[1]]]], { a: { b: { c: { d: 1 } } } }, { a: { b: { c: {} } } }, { a: { b: { c: [] } } },
  Array.from({ length: 30 }, (_, i) => i), Array.from({ length: 120 }, (_, i) => i * 7), Array.from({ length: 10 }, (_, i) => `name-${"x".repeat(i)}`), Array.from({ length: 7 }, () => ({ a: 1 })),
  { long: "x".repeat(60), other: "y".repeat(30), more: [1, 2, 3] }, ["a".repeat(50), "b".repeat(50)], "x".repeat(200), { a: "l1\nl2", b: 1 }, [true, false, true, false, true, false, true], new Number(3), new String("s"),
  { util: { inspect: 1 }, a: new Map([[{ a: 1 }, new Set([1])]]) }, [new Point(), new Point()], { name: "orders", tags: { env: "prod", team: "shop", owner: "someone@example.com" }, ports: [80, 443], nested: { deep: { deeper: { deepest: 1 } } } },
];
for (const value of values) {
  show(util.inspect(value));
}
const failed = new TypeError("bad");
failed.stack = "TypeError: bad\n    at place (file:1:1)";
show([util.inspect(failed), util.inspect(Object.assign(failed, { code: "E" })), util.inspect({ failed })]);
show([util.inspect({ a: { b: {} } }, { depth: 0 }), util.inspect({ b: 1, a: 2 }, { sorted: true }), util.inspect([1, 2, 3, 4], { maxArrayLength: 2 }), util.inspect({ a: { b: { c: { d: {} } } } }, { depth: null }), util.inspect("x".repeat(20), { maxStringLength: 5 })]);
show(util.inspect({ [util.inspect.custom]: (depth, options) => `custom ${depth} ${typeof options}` }));
show([util.format("%s %d %i %f %j %o %O %% %c|", "a", 1.5, 1.5, "1.5", { a: 1 }, [1], { b: 2 }, "css"), util.format("a", "b", { c: 1 }), util.format("%s"), util.format("%s", null, undefined, 3), util.format(1, "2"), util.format("%d", "x"), util.format("%s", { a: { b: 1 } }, [1, [2]]), util.format("%s", new Point()), util.format("%x %s", 1), util.format("%s", () => 1), util.format("100%")]);
show([util.isDeepStrictEqual({ a: [1, new Map([[1, { b: 2 }]])] }, { a: [1, new Map([[1, { b: 2 }]])] }), util.isDeepStrictEqual([1, , 2], [1, undefined, 2]), util.isDeepStrictEqual(new Set([[1], [2]]), new Set([[2], [1]])), util.isDeepStrictEqual(0, -0), util.isDeepStrictEqual(new Point(), { x: 1, "y-z": "it's" }), util.isDeepStrictEqual(NaN, NaN)]);
show([util.types.isDate(new Date()), util.types.isPromise(Promise.resolve()), util.types.isRegExp(/a/), util.stripVTControlCharacters("\u001b[31mred\u001b[0m"), util.toUSVString("a\ud800")]);

// assert
for (const fn of [
  () => assert(1), () => assert.equal(1, "1"), () => assert.strictEqual(1, 2), () => assert.notStrictEqual(1, 1), () => assert.deepEqual({ a: 1 }, { a: "1" }), () => assert.throws(() => { throw new TypeError("x"); }, TypeError),
  () => assert.throws(() => { throw new Error("abc"); }, /b/), () => assert.throws(() => {}), () => assert.fail("f"), () => assert.match("abc", /b/), () => assert.ifError(null), () => assert.deepStrictEqual([1, { a: 2 }], [1, { a: 2 }]), () => assert.throws(() => { throw new Error("m"); }, { message: "m" }), () => assert.doesNotThrow(() => 1), () => assert.ok(true),
]) {
  show(thrown(fn));
}
show(thrown(() => assert.deepStrictEqual({ a: 1 }, { a: 2 })).slice(0, 2));

// url
for (const url of ["http://user:pa%20ss@Example.COM:80/a/./b/../c d?q=ü&r='x'#h ü", "https://example.com", "https://example.com:8443/x?#", "file:///a/b%20c", "mailto:a@b.c", "http://[::1]:3000/", "ftp://h/a;b", "data:text/plain,x y", "ws://h?x"]) {
  const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = new URL(url);
  show([href, origin, protocol, username, password, host, hostname, port, pathname, search, hash]);
}
show(["../x", "/x", "?q", "#h", "//o/x", "x/./y/../z", "", "http:x", "./"].filter((to) => to !== "http:x").map((to) => new URL(to, "http://h/a/b/c?d#e").href));
show([thrown(() => new URL("no url")), URL.canParse("http://h"), URL.canParse("h")]);
const params = new URLSearchParams("a=1&b=2&a=3&c=%20x+y&d");
params.append("e", "ü&=");
params.set("a", "9");
show([params.toString(), params.get("c"), params.getAll("a"), params.has("d"), [...params.keys()], new URLSearchParams({ x: "1", y: "a b" }).toString(), new URLSearchParams([["k", "v"]]).toString()]);
const changed = new URL("http://h/?a=1");
changed.searchParams.set("b", "2");
show(changed.href);
show([fileURLToPath("file:///a/b%20c"), pathToFileURL("/a b/c#d?e%").href, thrown(() => fileURLToPath("http://h/"))[1]]);
show([parse("http://u:p@h:8/p/a?x=1#y").pathname, parse("http://h/p?x=1").query, parse("/a/b?c").path, formatURL({ protocol: "https", host: "h", pathname: "/p", query: { a: 1 } }), resolve("/one/two/three", "four"), resolve("http://h/one", "/two")]);
show([querystring.parse("a=1&b=x+y&a=2&c"), querystring.stringify({ a: [1, 2], b: "x y", c: true }), querystring.escape("ü")]);
show(["1.2.3.4", "256.1.1.1", "1.2.3", "::1", "1:2:3:4:5:6:7:8", "1::2::3", "::ffff:1.2.3.4", "fe80::1%eth0", "", "12345::"].map(isIP));

// events
const emitter = new EventEmitter();
const heard = [];
emitter.on("a", (x) => heard.push(["on", x]));
emitter.once("a", (x) => heard.push(["once", x]));
emitter.prependListener("a", (x) => heard.push(["first", x]));
show([emitter.emit("a", 1), emitter.emit("a", 2), emitter.emit("b"), heard, emitter.listenerCount("a"), emitter.eventNames(), thrown(() => emitter.emit("error", new Error("e"))), thrown(() => emitter.on("a", 1))[1]]);
class Emitting extends EventEmitter {}
show(new Emitting().on("x", () => {}) instanceof EventEmitter);

// fs
const folder = fs.mkdtempSync("/tmp/weir-modules-").slice(0, -6);
const here = `${folder}own`;
fs.mkdirSync(`${here}/a/b`, { recursive: true });
fs.writeFileSync(`${here}/a/x.txt`, "one");
fs.appendFileSync(`${here}/a/x.txt`, "two");
fs.copyFileSync(`${here}/a/x.txt`, `${here}/a/b/y.txt`);
show([fs.readFileSync(`${here}/a/x.txt`, "utf8"), fs.readFileSync(`${here}/a/b/y.txt`), fs.readdirSync(`${here}/a`), fs.readdirSync(here, { recursive: true }), fs.readdirSync(`${here}/a`, { withFileTypes: true }).map((entry) => [entry.name, entry.isDirectory()])]);
show([fs.existsSync(here), fs.existsSync(`${here}/no`), fs.statSync(`${here}/a`).isDirectory(), fs.statSync(`${here}/a/x.txt`).size, fs.statSync(`${here}/no`, { throwIfNoEntry: false })]);
for (const fn of [() => fs.readFileSync(`${here}/no`), () => fs.readFileSync(here), () => fs.mkdirSync(here), () => fs.writeFileSync(`${here}/no/x`, ""), () => fs.rmdirSync(here), () => fs.readdirSync(`${here}/a/x.txt`), () => fs.statSync(`${here}/no`), () => fs.unlinkSync(`${here}/no`), () => fs.readFileSync(1.5)]) {
  show(thrown(fn).slice(0, 3));
}
fs.renameSync(`${here}/a/x.txt`, `${here}/a/z.txt`);
fs.unlinkSync(`${here}/a/b/y.txt`);
show(fs.readdirSync(here, { recursive: true }));
fs.rmSync(here, { recursive: true });
show([fs.existsSync(here), fs.existsSync(`${here}/a`)]);

// what waits: promises, then timers by their time
const order = [];
setTimeout(() => order.push("20"), 20);
setTimeout((x) => order.push(x), 10, "10");
setTimeout(() => order.push("cleared"), 5) && clearTimeout(setTimeout(() => order.push("never"), 5));
const interval = setInterval(() => {
  order.push("every");
  if (order.filter((item) => item === "every").length === 2) {
    clearInterval(interval);
  }
}, 40);
queueMicrotask(() => order.push("micro"));
Promise.resolve().then(() => order.push("promise"));
order.push("sync");
show(structuredClone({ a: [1, new Date(0)], m: new Map([[1, { b: 2 }]]), s: new Set(["x"]), r: /x/g }));
const cyclic = {};
cyclic.self = cyclic;
show([structuredClone(cyclic), thrown(() => structuredClone(() => 1))[0]]);

const chunks = [];
const upper = new Transform({
  transform(chunk, encoding, done) {
    done(null, String(chunk).toUpperCase());
  },
});
Readable.from(["a", "b", "c"]).pipe(upper).pipe(new PassThrough()).on("data", (chunk) => chunks.push(String(chunk))).on("end", () => show(chunks));
util.promisify((x, done) => done(null, x + 1))(1).then((value) => order.push(`promised ${value}`));
setTimeout(() => show(order), 300);

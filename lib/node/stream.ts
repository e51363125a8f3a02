// SPDX-License-Identifier: Apache-2.0
// Node's stream, enough for packages that build on it: what is pushed or written is handed on at once, nothing is ever full.

import { Buffer } from "./buffer.ts";
import { EventEmitter } from "./events.ts";

type Done = (error?: Error | null) => void;

export class Stream extends EventEmitter {
  destroyed = false;
  readable = false;
  writable = false;

  pipe(target: any, options: { end?: boolean } = {}): any {
    (this as any).on("data", (chunk: any) => target.write(chunk));
    if (options.end !== false) {
      (this as any).on("end", () => target.end());
    }
    target.emit("pipe", this);
    (this as any).resume?.();
    return target;
  }

  destroy(error?: Error): this {
    if (!this.destroyed) {
      this.destroyed = true;
      (this as any)._destroy?.(error ?? null, () => {});
      Promise.resolve().then(() => {
        if (error) {
          (this as any).emit("error", error);
        }
        (this as any).emit("close");
      });
    }
    return this;
  }
}

/** Reading: chunks wait until somebody listens for data. */
function makeReadable(stream: any, options: any): void {
  stream.readable = true;
  stream.readableEnded = false;
  stream.readableObjectMode = options.objectMode === true || options.readableObjectMode === true;
  stream.readableFlowing = null;
  const waiting: any[] = [];
  let encoding: string | undefined = options.encoding;
  let asked = false;

  const flow = (): void => {
    while (stream.readableFlowing && waiting.length > 0) {
      const chunk = waiting.shift();
      if (chunk === null) {
        stream.readableEnded = true;
        stream.readable = false;
        stream.emit("end");
        stream.emit("close");
        return;
      }
      stream.emit("data", encoding === undefined || typeof chunk === "string" ? chunk : Buffer.from(chunk).toString(encoding));
    }
    if (stream.readableFlowing && !stream.readableEnded && !asked) {
      asked = true;
      stream._read?.(16384);
      asked = false;
    }
  };
  stream.push = (chunk: any, given?: string): boolean => {
    const text = typeof chunk === "string" && !stream.readableObjectMode && encoding === undefined;
    waiting.push(text ? Buffer.from(chunk, given) : (chunk ?? null));
    if (stream.readableFlowing) {
      Promise.resolve().then(flow);
    }
    stream.emit("readable");
    return true;
  };
  stream.read = (): any => {
    if (waiting.length === 0) {
      stream._read?.(16384);
    }
    const chunk = waiting.shift() ?? null;
    if (chunk === null && !stream.readableEnded) {
      stream.readableEnded = true;
      Promise.resolve().then(() => stream.emit("end"));
    }
    return chunk;
  };
  stream.resume = (): any => {
    stream.readableFlowing = true;
    Promise.resolve().then(flow);
    return stream;
  };
  stream.pause = (): any => {
    stream.readableFlowing = false;
    return stream;
  };
  stream.setEncoding = (name: string): any => {
    encoding = name;
    return stream;
  };
  const on = stream.on;
  stream.on = stream.addListener = function (event: any, listener: any): any {
    on.call(stream, event, listener);
    if (event === "data" && stream.readableFlowing !== false) {
      stream.resume();
    }
    return stream;
  };
  stream[Symbol.asyncIterator] = async function* (): AsyncGenerator<any> {
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) {
      yield chunk;
    }
  };
}

/** Writing: one chunk after the other, each when the one before it is done. */
function makeWritable(stream: any, options: any): void {
  stream.writable = true;
  stream.writableEnded = false;
  stream.writableFinished = false;
  const waiting: [chunk: any, encoding: any, done: Done][] = [];
  let busy = false;
  let ending: Done | undefined;

  const finish = (): void => {
    const final = stream._final ? stream._final.bind(stream) : (done: Done) => done();
    final((error?: Error | null) => {
      if (error) {
        stream.emit("error", error);
        return;
      }
      stream.writableFinished = true;
      stream.emit("prefinish");
      stream.emit("finish");
      ending?.();
      if (!stream.readable) {
        stream.emit("close");
      }
    });
  };
  const work = (): void => {
    if (busy) {
      return;
    }
    const next = waiting.shift();
    if (!next) {
      if (stream.writableEnded && !stream.writableFinished) {
        finish();
      }
      return;
    }
    busy = true;
    stream._write(next[0], next[1], (error?: Error | null) => {
      busy = false;
      next[2](error);
      if (error) {
        stream.emit("error", error);
      }
      Promise.resolve().then(work);
    });
  };
  stream.write = (chunk: any, encoding?: any, done?: any): boolean => {
    const called = typeof encoding === "function" ? encoding : (done ?? (() => {}));
    const text = typeof chunk === "string" && options.decodeStrings !== false && options.objectMode !== true;
    const name = typeof encoding === "string" ? encoding : "utf8";
    waiting.push([text ? Buffer.from(chunk, name) : chunk, text ? "buffer" : name, called]);
    work();
    return true;
  };
  stream.end = (chunk?: any, encoding?: any, done?: any): any => {
    const called = [chunk, encoding, done].find((given) => typeof given === "function");
    if (chunk !== undefined && chunk !== null && typeof chunk !== "function") {
      stream.write(chunk, typeof encoding === "string" ? encoding : undefined);
    }
    ending = called;
    stream.writableEnded = true;
    stream.writable = false;
    Promise.resolve().then(work);
    return stream;
  };
  stream.cork = stream.uncork = (): void => {};
}

/** What a caller gives in place of methods of a class of its own. */
function takeMethods(stream: any, options: any): void {
  for (const name of ["read", "write", "final", "destroy", "transform", "flush"]) {
    if (typeof options[name] === "function") {
      stream[`_${name}`] = options[name];
    }
  }
}

export class Readable extends Stream {
  constructor(options: any = {}) {
    super();
    takeMethods(this, options);
    makeReadable(this, options);
  }

  static from(chunks: Iterable<any>): Readable {
    const all = typeof chunks === "string" ? [chunks] : [...chunks];
    const stream: any = new Readable({ objectMode: true, read() {} });
    all.forEach((chunk) => stream.push(chunk));
    stream.push(null);
    return stream;
  }
}

export class Writable extends Stream {
  constructor(options: any = {}) {
    super();
    takeMethods(this, options);
    makeWritable(this, options);
  }
}

export class Duplex extends Stream {
  constructor(options: any = {}) {
    super();
    takeMethods(this, options);
    makeReadable(this, options);
    makeWritable(this, options);
  }
}

export class Transform extends Duplex {
  _read(): void {}

  _write(chunk: any, encoding: string, done: Done): void {
    (this as any)._transform(chunk, encoding, (error?: Error | null, made?: any) => {
      if (!error && made !== undefined && made !== null) {
        (this as any).push(made);
      }
      done(error);
    });
  }

  _final(done: Done): void {
    const end = (error?: Error | null, made?: any): void => {
      if (made !== undefined && made !== null) {
        (this as any).push(made);
      }
      (this as any).push(null);
      done(error);
    };
    if ((this as any)._flush) {
      (this as any)._flush(end);
    } else {
      end();
    }
  }
}

export class PassThrough extends Transform {
  _transform(chunk: any, _encoding: string, done: (error: null, made: any) => void): void {
    done(null, chunk);
  }
}

export function finished(stream: any, done: Done): void {
  stream.once("error", done);
  stream.once(stream.writable ? "finish" : "end", () => done());
}

export function pipeline(...streams: any[]): any {
  const done: Done = typeof streams[streams.length - 1] === "function" ? streams.pop() : () => {};
  streams.forEach((stream) => stream.once("error", done));
  for (let i = 0; i + 1 < streams.length; i++) {
    streams[i].pipe(streams[i + 1]);
  }
  const last = streams[streams.length - 1];
  last.once("finish", () => done());
  return last;
}

export const promises = {
  pipeline: (...streams: any[]): Promise<void> =>
    new Promise((resolve, reject) => {
      pipeline(...streams, (error?: Error | null) => (error ? reject(error) : resolve()));
    }),
  finished: (stream: any): Promise<void> =>
    new Promise((resolve, reject) => {
      finished(stream, (error) => (error ? reject(error) : resolve()));
    }),
};

const stream: any = Stream;
Object.assign(stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, promises });
export default stream;

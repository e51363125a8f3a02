Object.defineProperty(exports, "x", { enumerable: true, get() { throw new Error("not yet"); } });

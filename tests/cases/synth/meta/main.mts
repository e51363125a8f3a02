import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { folder, text } from "./names.mjs";
import { identity } from "./identity";

const here = path.dirname(fileURLToPath(import.meta.url));
const stack = new TerraformStack(new App(), "meta");
console.log(here === import.meta.dirname, import.meta.filename.endsWith("/main.mts"), import.meta.resolve("./names.mjs").endsWith("/names.mjs"));
console.log(folder === here, text, Object.getPrototypeOf(import.meta));
new TerraformOutput(stack, "data", { value: identity(JSON.parse(readFileSync(new URL("data.json", import.meta.url), "utf8"))) });
(stack.node.root as App).synth();

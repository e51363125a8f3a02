import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import shelf, { WorkQueue, isQueue, label, delete as remove } from "shelf";
import * as whole from "shelf";
import settings, { region } from "./settings.cjs";
import { seen } from "modern";
import Old = require("./old");
import { joined } from "./helper";
import { how } from "dual";
import data, { tags } from "./data.json";
import { how as newer } from "newer";
import assert = require("assert");

const app = new App();
const stack = new TerraformStack(app, "work");
new AwsProvider(stack, "aws", { region });
const made = new WorkQueue(stack, "shelf");
new SqsQueue(stack, "dead", { name: `${made.queue.name}-dead` });

console.log(label, shelf(), remove(), isQueue(made.queue), made.queue instanceof SqsQueue);
console.log(Object.keys(whole).join(" "), whole.version, seen);
console.log(settings, new Old().name, joined, how, newer);
assert.ok(data.tags === tags && data === require("./data.json"));
assert.equal(require.resolve("dual").slice(-8), "dual.cjs");
console.log(require.main === module, require("shelf") === require("shelf/lib/index.js"), __filename.slice(__dirname.length));
try {
  require("shelff");
} catch (error: any) {
  console.log(error.code, error.message);
}
setTimeout(() => console.log("behind the program"), 10);
app.synth();

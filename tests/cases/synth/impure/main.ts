import { randomUUID } from "node:crypto";
import * as os from "node:os";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { stamp } from "stamp";

const app = new App();
const stack = new TerraformStack(app, "impure");
const output = (id: string, value: any): any => new TerraformOutput(stack, id, { value });

output("now", Date.now());
output("today", new Date().toISOString());
output("text", Date());
output("chance", [1, 2].map(() => Math.random()));
output("uuid", randomUUID());
output("web", crypto.randomUUID());
output("elapsed", performance.now());
output("time", process.hrtime());
output("machine", os.hostname());
output("missing", process.env.USER);
output("asked", "HOME" in process.env);
output("all", { ...process.env });
const { HOME, STAGE: stage } = process.env;
output("taken", [HOME, stage]);
for (let i = 0; i < 3; i++) output(`loop${i}`, Date.now()); // told once

// All of this is the same in every run.
class Day extends Date {}
const day = new Date(Date.UTC(2026, 0, 2));
output("stage", process.env.STAGE);
output("unset", process.env.UNSET ?? "none");
process.env.OWN = "own";
output("own", [process.env.OWN, process.env.hasOwnProperty("OWN"), "STAGE" in process.env]);
output("day", [day.toISOString(), day instanceof Date, day.constructor === Date, new Day(0) instanceof Day, new Day(0).getTime(), Date.parse("2026-01-02")]);
output("package", stamp());
console.log(stamp().replace(/^\d+ \S+/, "TIME"), day);
app.synth();

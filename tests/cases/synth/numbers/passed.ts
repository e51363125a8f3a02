import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "passed");
const seconds = new TerraformVariable(stack, "seconds", { type: "number" }).numberValue;
console.log(1 + 1);
new TerraformOutput(stack, "told", { value: `${seconds} s` });
app.synth();

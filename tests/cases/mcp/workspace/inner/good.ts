import { App, TerraformStack, TerraformOutput } from "cdktf";
const app = new App();
const s = new TerraformStack(app, "one");
new TerraformOutput(s, "x", { value: "y" });
app.synth();

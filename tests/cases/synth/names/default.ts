import { App, TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";

const app = new App();
const stack = new TerraformStack(app, "default");
new TerraformLocal(new Construct(stack, "Default"), "Default", 1);
app.synth();

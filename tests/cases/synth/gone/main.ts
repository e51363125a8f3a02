import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
for (const id of app.node.getContext("stacks").split(",")) new TerraformOutput(new TerraformStack(app, id), "id", { value: id });
app.synth();

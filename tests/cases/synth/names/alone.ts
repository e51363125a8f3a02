import { App, TerraformLocal, TerraformStack } from "cdktf";

const app = new App();
new TerraformLocal(new TerraformStack(app, "alone"), "Default", 1);
app.synth();

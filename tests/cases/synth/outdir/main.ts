import { App, TerraformStack } from "cdktf";

const app = new App({ outdir: "dist" });
new TerraformStack(app, "a");
app.synth();

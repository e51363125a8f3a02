import { App, TerraformStack } from "cdktf";

const stack = new TerraformStack(new App(), "shop");
new (class extends TerraformStack {})(stack, "");

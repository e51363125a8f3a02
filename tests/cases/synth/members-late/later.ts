import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

// A name that nothing has, until a class is made that has it: one run tells.
const app = new App();
const stack = new TerraformStack(app, "s");
const provider = new AwsProvider(stack, "aws", { region: "eu-west-1" });
const name = ["enable", "Key", "Rotation"].join("");
console.log(name in provider);
const { KmsKey } = await import("@cdktf/provider-aws/lib/kms-key");
console.log(name in provider, name in new KmsKey(stack, "key"));
app.synth();

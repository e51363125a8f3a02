import { App, TerraformHclModule, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const stack = new TerraformStack(app, "names");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

// What has no more than a name is lost as well where another has the same.
new TerraformOutput(stack, "url", { value: 1 });
new TerraformOutput(stack, "u r l", { value: 2 });
new TerraformVariable(stack, "size", { type: "number" });
new TerraformVariable(stack, "size?", { type: "string" });
new TerraformLocal(stack, "zone", "a");
new TerraformLocal(stack, "zone!", "b");
new TerraformHclModule(stack, "net", { source: "example/net" });
new TerraformHclModule(stack, "n.e.t", { source: "example/net" });
new TerraformHclModule(stack, "nowhere", {} as any);
// Names that Terraform refuses.
new SqsQueue(stack, "1st", {});
new SqsQueue(stack, "日本", {});
app.synth();

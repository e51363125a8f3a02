import { Construct } from "constructs";
import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const first = new SqsQueue(new Construct(stack, "a"), "first", {});
const many = new Construct(stack, "many");
for (let i = 0; i < 700; i++) new SqsQueue(many, `queue-${i}`, { policy: first.arn });
app.synth();

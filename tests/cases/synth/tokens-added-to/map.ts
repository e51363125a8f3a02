import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const stack = new TerraformStack(app, "map");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const queue = new SqsQueue(stack, "queue", { tags: { team: "a" } });
new SqsQueue(stack, "copied", { tags: { ...queue.tags } }); // is the same token
new SqsQueue(stack, "other", {
  name: "other",
  tags: { ...queue.tags, stage: "test" },
});
app.synth();

import { App, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";

// Names that programs give themselves.
class Named extends SqsQueue {
  get friendlyUniqueId(): string {
    return this.node.id.slice(0, 3);
  }
}

const app = new App();
const stack = new TerraformStack(app, "names");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new Named(stack, "one", {});
new Named(stack, "onetwo", {});
new Named(stack, "9", {});
new SqsQueue(stack, "_fine", {});
new SqsQueue(stack, "Fine", {});
// The class of a type, and none.
new TerraformResource(stack, "a b", { terraformResourceType: "aws_sqs_queue" });
new SqsQueue(stack, "ab", {}).overrideLogicalId("ab");
new SqsQueue(stack, "c", {}).overrideLogicalId("ab");
new TerraformOutput(new Construct(stack, "in"), "ab", { value: 1 });
new TerraformOutput(stack, "Default", { value: 2 }).overrideLogicalId("in_ab_X");
new SqsQueue(stack, "gone", {});
stack.node.tryRemoveChild("gone");
new SqsQueue(stack, "gone", {});

app.synth();

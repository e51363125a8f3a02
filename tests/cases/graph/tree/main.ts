import { Construct } from "constructs";
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

class Mail extends Construct {
  readonly queue: SqsQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const dead = new SqsQueue(this, "dead", {});
    this.queue = new SqsQueue(this, "queue", { name: `to-${new DataAwsCallerIdentity(this, "me").accountId}`, dependsOn: [dead] });
  }
}

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const mail = new Mail(stack, '<b title="x">\\ü]]>');
const names = new TerraformVariable(stack, "names", { type: "string" });
new SnsTopic(stack, "topic", { name: names.stringValue, displayName: "aws_sqs_queue.dead is no reference here", policy: "${var.names[0].region}" });
new TerraformOutput(stack, "arn", { value: mail.queue.arn });
const other = new TerraformStack(app, "reports");
new AwsProvider(other, "aws", { region: "eu-west-1" });
new SqsQueue(other, "copy", { policy: mail.queue.arn });
app.synth();

import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

// Names that are put together, or asked for otherwise: which of the two has them only a second run can tell.
const app = new App();
const stack = new TerraformStack(app, "s");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const queue: any = new SqsQueue(stack, "queue", { tags: { a: "b" } });
const policy: any = new IamRolePolicy(stack, "policy", { role: "r", policy: "{}" });
const nodes = [stack, queue, policy];
const having = (name: string) => nodes.filter((node) => name in node).map((node) => node.node.id);
for (const name of ["tags", "tags".concat("Input"), "policy", "resetPolicy", "nothing", "arn"]) console.log(name, having(name));
console.log(Reflect.has(queue, "fifoQueue"), Reflect.has(policy, "fifoQueue"), Reflect.has(queue, "none"));
for (const name of having("tagsInput")) queue.tags = { ...queue.tagsInput, found: name };
app.synth();

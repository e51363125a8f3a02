import { App, Op, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

// A number that only Terraform will know can be passed on and written into a text. A sum with it looks like itself.
const app = new App();
const stack = new TerraformStack(app, "numbers");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const seconds = new TerraformVariable(stack, "seconds", { type: "number" }).numberValue;
for (let at = 0; at + 1 < 2; at++) new SqsQueue(stack, `q${at}`, { name: "q" + seconds, delaySeconds: seconds });
new SqsQueue(stack, "sum", { delaySeconds: seconds + 1 });
new SqsQueue(stack, "product", { visibilityTimeoutSeconds: 6 * seconds });
let rest = 5;
rest -= seconds;
if (seconds >= 60) new SqsQueue(stack, "long");
new TerraformOutput(stack, "twice", { value: Op.mul(seconds, 2) });
app.synth();

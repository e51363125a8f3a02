import { App, LocalBackend, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { settings } from "./settings";

const app = new App();
const stack = new TerraformStack(app, "orders");
new LocalBackend(stack, { path: "orders.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-west-1" });

// From another file, through a spread.
new SqsQueue(stack, "spread", { name: "spread", ...settings });
// From a helper; what it returns is one object for both.
const props = (name: string): any => ({ name, é: "é", fifoQeue: true });
new SqsQueue(stack, "helper", props("helper"));
// From a variable, changed behind its literal: told at the new.
const late: any = {};
late.delaySecond = 5;
new SqsQueue(stack, "late", late);
for (const delaySeconds of ["5"] as any[]) new SqsQueue(stack, "loop", {
  delaySeconds,
});
app.synth();

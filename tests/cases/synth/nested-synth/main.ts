import { App, Fn, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

// What an element's values ask for may synthesize another app: the walk goes on behind it as it began.
const app = new App();
const orders = new TerraformStack(app, "orders");
const bills = new TerraformStack(app, "bills");
const inner = new App();
const other = new TerraformStack(inner, "other");
for (const stack of [orders, bills, other]) new AwsProvider(stack, "aws", { region: "eu-west-1" });
new SqsQueue(other, "queue", { name: Lazy.stringValue({ produce: () => "inner" }) });
const synthesized = (text: string): string => {
  inner.synth();
  return text;
};

class Late extends SqsQueue {
  get fqn() {
    return synthesized(super.fqn);
  }
}

const bill = new SqsQueue(bills, "bill", { name: "bill" });
const late = new Late(orders, "late", { name: "late" });
new SqsQueue(orders, "order", { name: Lazy.stringValue({ produce: () => synthesized("order") }), tags: { bill: bill.arn, order: late.arn } });
new SqsQueue(orders, "after", { name: "after", dependsOn: [late] });
const part = { get url() { return synthesized(late.url); }, arn: late.arn };
new TerraformOutput(orders, "parts", { value: Fn.jsonencode(part) });
orders.addOverride("locals.first", Lazy.stringValue({ produce: () => synthesized("1") }));
orders.addOverride("locals.second", late.name);
app.synth();

import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const stack = new TerraformStack(app, "copies");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

// What was written once and copied since is told where it was written.
const queue = (id: string, { name, ...rest }: any) => new SqsQueue(stack, id, { name: `shop-${name}`, ...rest });
queue("orders", { name: "orders", delaySeconds: 5 });
queue("bills", {
  name: "bills",
  delaySeconds: 901,
});
const base = {
  maxMessageSize: 1,
  tags: { team: 1 },
};
new SqsQueue(stack, "cloned", structuredClone(base) as any);
new SqsQueue(stack, "merged", Object.assign({}, base, { fifo: true }));

// What was set behind it is told there.
const late: any = {};
late.name = "late";
late.delaySecond = 1;
late["fifo-queue"] = true;
late.delaySecond = 2;
new SqsQueue(stack, "late", late);

const table = new DynamodbTable(stack, "table", {
  name: "table",
  attribute: [
    { name: "id", type: "S" },
    { name: "at" } as any,
  ],
});
table.billingMode = "FREE";
table.ttl.enabled = "yes" as any;
table.putTtl({
  attributeName: "until",
  enable: true,
} as any);
table.resetTtl();
const lambda = new LambdaFunction(stack, "function", { functionName: "f", role: "arn:aws:iam::111122223333:role/f", filename: "f.zip" });
lambda.memorySize = 1;
lambda.memorySize = undefined as any;
lambda.environment.variables = { A: "b" };
app.synth();

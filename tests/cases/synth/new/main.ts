import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const name = (): string => "é";
enum Id { Role = "role" }
const role = new IamRole(
  stack,
  Id.Role,
  {
    name: name(),
  },
);
const late: any = {};
late.delay = 5;
/* é */ new SqsQueue(stack, "late", late);
const make = (id: string): SqsQueue => new SqsQueue(
  stack,
  id,
);
make("twice"), role;
make("twice");

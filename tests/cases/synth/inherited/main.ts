import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";

// What a constructor passes on to super() is its caller's; what it writes there is its own.
class Plain extends SqsQueue {}
class Named extends SqsQueue {
  constructor(scope: Construct, ...rest: [string, any]) {
    super(scope, ...rest);
  }
}
class Role extends IamRole {
  constructor(scope: Construct, id: string, props: any) {
    super(scope, id, props);
  }
}
class Bare extends IamRole {
  constructor(scope: Construct, id: string) {
    super(scope, id, { name: "bare" } as any);
  }
}
class Stack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    new Plain(this, "Web Tier");
    new Named(this, "WebTier", {});
    new Named(scope, "lost", {});
    new Role(this, "role", { name: "role" });
    new Bare(this, "bare");
  }
}
class Program extends App {}

const other = new Program();
const app = new Program();
const stack = new Stack(app, "shop");
app.synth();

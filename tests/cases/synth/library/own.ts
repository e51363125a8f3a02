import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue, SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";

interface AlarmedProps extends SqsQueueConfig {
  readonly threshold?: number;
}

class Alarmed extends Construct {
  readonly threshold: number;
  constructor(scope: Construct, id: string, props: AlarmedProps) {
    super(scope, id);
    this.threshold = props.threshold ?? 1;
    new SqsQueue(this, "queue", { ...props, delaySeconds: 1 });
  }
}

class Derived extends SqsQueue {
  constructor(scope: Construct, id: string, props: AlarmedProps & { owner?: string; unread?: string }) {
    super(scope, id, props);
    this.tags = { owner: `${props?.owner}` };
  }
}

const app = new App();
const stack = new TerraformStack(app, "queues");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new Alarmed(stack, "passed", { threshold: 3, name: "a" });
new Derived(stack, "derived", { owner: "b", threshold: 4 });
new Derived(stack, "unread", { unread: "b" });
new SqsQueue(stack, "direct", { threshold: 5 } as any);
const shared = { owners: "c", threshold: 6 };
new SqsQueue(stack, "spread", { ...shared } as any);
app.synth();

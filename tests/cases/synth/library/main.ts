import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Queue, Quiet } from "kit";

const app = new App();
const stack = new TerraformStack(app, "queues");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const shared = { alarm: { topic: "t" }, fifo: true };
new Queue(stack, "own", { ...shared, name: "a.fifo" });
new Quiet(stack, "quiet", { alarm: "t", delaySecond: 3 } as any);
new Queue(stack, "newer", { regionOverride: "eu-central-1", delaySeconds: "x", rules: { extra: 1 } });
app.synth();

import { App, TerraformStack } from "cdktf";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Pet } from "@cdktf/provider-random/lib/pet";

const app = new App();
const stack = new TerraformStack(app, "providers");
new SqsQueue(stack, "queue", {});
new Pet(stack, "pet", {});
app.synth();

import { App, TerraformIterator, TerraformOutput, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

// A class of the program's own may say itself what its objects repeat for.
const app = new App();
const stack = new TerraformStack(app, "s");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const names = TerraformIterator.fromList(["a", "b"]);

class Field extends SqsQueue {
  forEach: any = names;
}

class Getter extends SqsQueue {
  get forEach(): any {
    return names;
  }
}

for (const Queue of [Field, Getter]) {
  const queue = new Queue(stack, Queue.name, { name: names.value });
  new TerraformOutput(stack, `arn${Queue.name}`, { value: queue.arn });
}
app.synth();

import { App, Lazy, LocalBackend, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

// What is resolved first is linked first: that goes by the schema, not by the order in which a program gives it.
const app = new App();
const stackOf = (id: string): TerraformStack => {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: `${id}.tfstate` });
  return stack;
};
const queueOf = (id: string): SqsQueue => {
  const stack = stackOf(id);
  new AwsProvider(stack, "aws", {});
  return new SqsQueue(stack, "queue", {});
};
const one = queueOf("one");
const two = queueOf("two");
const three = queueOf("three");

const plain = stackOf("plain");
new AwsProvider(plain, "aws", {});
new SqsQueue(plain, "queue", { tags: { from: one.name }, policy: two.arn, name: three.name });

class Derived extends SqsQueue {}
const derived = stackOf("derived");
new AwsProvider(derived, "aws", {});
new Derived(derived, "queue", { tags: { from: one.name }, policy: two.arn, name: three.name });

const overridden = stackOf("overridden");
new AwsProvider(overridden, "aws", {});
const instance = new Instance(overridden, "instance", { tags: { from: one.name }, rootBlockDevice: { volumeType: two.name }, keyName: three.name, ami: "a", instanceType: "t3.micro" });
instance.addOverride("monitoring", true);

const provider = stackOf("provider");
new AwsProvider(provider, "aws", { region: one.name, profile: two.name });

let calls = 0;
const next = (): string => Lazy.stringValue({ produce: () => `${(calls += 1)}` });
new SqsQueue(plain, "calls", { policy: next(), name: next() });
app.synth();

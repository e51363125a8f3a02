import { App, Lazy, LocalBackend, TerraformElement, TerraformIterator, TerraformStack } from "cdktf";
import { Construct, Node } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();

/** Names come from the program, which counts them: an element that has nothing to resolve is named late. */
class Counted extends TerraformStack {
  private named = 0;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: `${id}.tfstate` });
    new AwsProvider(this, "aws", { region: "eu-west-1" });
  }

  protected allocateLogicalId(element: TerraformElement | Node): string {
    return `n${(this.named += 1)}-${(element as any).node?.id ?? "node"}`;
  }
}
const counted = new Counted(app, "counted");
new SqsQueue(counted, "plain", { name: "p" });
new SqsQueue(counted, "late", { name: Lazy.stringValue({ produce: () => "l" }) });
new SqsQueue(new Construct(counted, "scope with a blank/and more"), "in a scope", { name: Lazy.stringValue({ produce: () => "l" }) });
new DataAwsIamPolicyDocument(counted, "data", { statement: [{ actions: [Lazy.stringValue({ produce: () => "a" })] }] });

// What a program changes in one object only.
const changed = new Counted(app, "changed");
const whole = new SqsQueue(changed, "whole", { name: "w" });
(whole as any).toTerraform = () => ({ resource: { aws_sqs_queue: { other: { name: "o" } } } });
const part = new SqsQueue(changed, "part", { name: "p" });
(part as any).synthesizeAttributes = () => ({ name: "other", extra: Lazy.stringValue({ produce: () => "x" }) });
const moved = new SqsQueue(changed, "moved", { name: "m" });
moved.overrideLogicalId("named");
new SqsQueue(changed, "given", { name: "g", tags: { snakeCase: "kept" } });
class Derived extends SqsQueue {
  readonly own = 1;
}
new Derived(changed, "derived", { name: "d" });

// What is given beside arguments.
const meta = new Counted(app, "meta");
const east = new AwsProvider(meta, "east", { region: "us-east-1", alias: "east" });
const first = new SqsQueue(meta, "first", { name: "f" });
new SqsQueue(meta, "second", { name: first.name, dependsOn: [first, before0()], provider: east, lifecycle: { preventDestroy: true, ignoreChanges: ["name", first.name], createBeforeDestroy: undefined } });
new SqsQueue(meta, "third", { dependsOn: [], lifecycle: { ignoreChanges: "all" } });
new SqsQueue(meta, "fourth", { lifecycle: { replaceTriggeredBy: [first.arn], postcondition: [{ condition: "${true}", errorMessage: "no" }] } });
new SqsQueue(meta, "fifth", { name: "p", lifecycle: {} }).dependsOn = [first.fqn, Lazy.stringValue({ produce: () => "module.late" })];
const sixth = new SqsQueue(meta, "sixth", { name: "p", lifecycle: { preventDestroy: false } });
sixth.lifecycle = { createBeforeDestroy: true };
sixth.provider = east;
function before0(): SqsQueue {
  return whole;
}

// Content that repeats from the middle of a pass on.
const repeated = new Counted(app, "repeated");
const before = new SqsQueue(repeated, "before", {
  name: Lazy.stringValue({
    produce: () => {
      const zones = TerraformIterator.fromList(["a", "b"]);
      (behind as any).putEbsBlockDevice(zones.dynamic({ device_name: zones.value }));
      return "b";
    },
  }),
});
const behind = new Instance(repeated, "behind", { ami: "a", instanceType: "t3.micro", tags: { queue: before.name } });
app.synth();

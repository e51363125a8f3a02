import { App, Aspects, Fn, LocalBackend, MigrateIds, TerraformOutput, TerraformStack, Token, Tokenization } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";

class Named extends TerraformStack {
  protected allocateLogicalId(element: any): string {
    return `own_${super.allocateLogicalId(element)}`;
  }
}

const told = (what: () => unknown): string => {
  try {
    return String(what());
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
};
const app = new App();
const plain = new TerraformStack(app, "plain");
const below = new TerraformStack(new Construct(new Construct(app, "Default"), "über"), "below");
const named = new Named(app, "named");
for (const stack of [plain, below, named]) {
  new LocalBackend(stack, { path: "state" });
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const scope = new Construct(new Construct(stack, "or ders"), "Default");
  for (const id of ["queue", "Default", "Resource", "日本", "a/b", "ders", `${"long".repeat(61)}é`]) {
    const queue = new SqsQueue(scope, id, {});
    console.log(stack.node.id, queue.friendlyUniqueId, told(() => plain.getLogicalId(queue)), told(() => plain.getLogicalId(queue.node)));
  }
  new TerraformOutput(scope, "out", { value: "x" });
  new TerraformOutput(stack, "in-stack", { value: { a: undefined, b: [1] }, description: "d" });
  Aspects.of(stack).add(new MigrateIds());
}

// What can be no name.
const queue = new SqsQueue(plain, "q", {});
const text = queue.arn;
const hidden = new SqsQueue(new Construct(plain, "Default"), "Default", {});
console.log(told(() => hidden.friendlyUniqueId));
hidden.overrideLogicalId("shown");
const token = new SqsQueue(new Construct(plain, text), "q", {});
console.log(told(() => token.friendlyUniqueId));
token.overrideLogicalId("token");
console.log(told(() => new SqsQueue(new Construct(plain, "${TfToken[TOKEN.0"), "q", {}).friendlyUniqueId));
console.log(told(() => new Construct(plain, "q")), told(() => new Construct(plain, "")), told(() => new SqsQueue(plain, text, {})));
plain.node.tryRemoveChild(text);
plain.node.tryRemoveChild("${TfToken[TOKEN.0");

// What holds a token.
for (const value of [text, `a${text}`, `${text}${text}b`, "${TfToken[", "${TfToken[TOKEN.0", "]}${TfToken[TOKEN.0", "${TfToken[TOKEN.999]}", `${text}\${TfToken[x]}`, "#{TfToken[TOKEN.0]}", ""]) {
  console.log(told(() => Token.isUnresolved(value)), told(() => Tokenization.reverseString(value).tokens.length));
}

// What functions say of their arguments.
const anything: any = Fn;
for (const call of [
  () => anything.join(1, []),
  () => anything.join('"', []),
  () => anything.join("a", 5),
  () => anything.join("a", null),
  () => anything.max([1, "x"]),
  () => anything.coalesce(undefined),
  () => anything.cidrsubnet("10.0.0.0/8", 1, "x"),
]) {
  console.log(told(call).replace(/\d+\]/, "…]"));
}
new TerraformOutput(plain, "join", { value: Fn.join(",", ["a", undefined as any, text, null as any]) });
new TerraformOutput(plain, "text", { value: Fn.coalesce("ab" as any) });
new TerraformOutput(plain, "range", { value: Fn.range(1, 3) });
app.synth();

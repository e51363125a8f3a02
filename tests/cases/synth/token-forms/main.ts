import { App, conditional, Fn, Lazy, LocalBackend, Op, propertyAccess, rawString, ref, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable, Token } from "cdktf";
import { Unchecked } from "weir/unchecked";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const [other, stack] = ["other", "here"].map((id) => {
  const made = new TerraformStack(app, id);
  new LocalBackend(made, { path: `${id}.tfstate` });
  new AwsProvider(made, "aws", { region: "eu-west-1" });
  return made;
});
const away = new SqsQueue(other, "away", { name: "away" });
const queue = new SqsQueue(stack, "queue", { name: "q" });
const size = new TerraformVariable(stack, "size", { type: "number" }).numberValue;
const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;

/** Forms of tokens, each in every place where a value stands. */
const forms: Array<() => any> = [
  // The host writes these.
  () => queue.arn,
  () => away.arn,
  () => Token.asString(queue.fqn),
  () => `${queue}/${away.arn}/${queue.name}`,
  () => Fn.join(",", [queue.arn, "x", away.arn]),
  () => Fn.jsonencode({ a: queue.arn, b: [1, true, -1.5, NaN], c: `pre-${queue.name}-post`, d: {} }),
  () => Fn.element(list, size),
  () => Fn.format("%s ${x} \n $${y}", [queue.name, `a${queue.name}b${away.name}`]),
  () => propertyAccess(Fn.tolist(list), [0, "name"]),
  () => Fn.cidrsubnet("10.0.0.0/8", 8, size),
  () => Lazy.stringValue({ produce: () => JSON.stringify([{ a: queue.arn, n: `${queue.name}` }]) }),
  // The library writes these.
  () => propertyAccess(queue.arn, ["a", 0, "*", "b-c", queue.name]),
  () => propertyAccess(queue, ["arn"]),
  () => conditional(Op.eq(size, 1), queue.arn, "no"),
  () => Fn.jsonencode({ quoted: 'q"x' }),
  () => Fn.merge([{ a: 1e300 }, { b: 2 }]),
  () => `${size} e+5 ${queue.name}`,
  () => `${Fn.join("-", ["a", `${queue.name}`])} ${"${"}each.value} and ${queue.name}`,
  () => Fn.base64encode(Token.asString(rawString('a"b'))),
  () => Fn.replace(queue.name, "/e+/", "x"),
  () => `${Token.asString(5)} ${Token.asString(null as any)} ${queue.name}`,
  () => Token.asString(Token.asAny({ a: queue.arn })),
  () => Token.asString(ref("a.b"), { displayHint: "my hint" }),
  () => Lazy.stringValue({ produce: () => `made anew ${away.url}` }),
];
const any = (config: any): any => Unchecked.of(config);
forms.forEach((form, i) => {
  new TerraformOutput(stack, `output-${i}`, { value: { a: [form(), { b: form() }] } });
  new TerraformLocal(stack, `local-${i}`, form());
  new SqsQueue(stack, `queue-${i}`, any({ name: form(), tags: { a: form(), b: `x ${form()}` }, delaySeconds: Token.asNumber(form()) }));
  const config = { ebsBlockDevice: [{ deviceName: form(), volumeSize: size }], securityGroups: Token.asList(form()), dependsOn: [queue, away] };
  new Instance(stack, `instance-${i}`, any(config));
});
app.synth();

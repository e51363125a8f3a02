import { App, Aspects, call, Fn, Lazy, LocalBackend, Op, propertyAccess, ref, TerraformElement, TerraformOutput, TerraformStack, Token, Tokenization } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const base = new TerraformStack(app, "base");
const top = new TerraformStack(app, "top");
for (const stack of [base, top]) {
  new LocalBackend(stack, { path: `${stack.node.id}.tfstate` });
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
}
const bucket = new S3Bucket(base, "bucket", {});
const queue = new SqsQueue(top, "queue", {});
const output = (id: string, value: any) => new TerraformOutput(top, id, { value });

// What changes between the preparing pass and the writing one must be seen.
let round = 0;
let produced = 0;
output("lazy", Lazy.stringValue({ produce: () => `${queue.arn} ${++produced}` }));
output("lazy-in-text", `a ${Lazy.stringValue({ produce: () => `round ${round}` })} and ${queue.arn}`);
output("lazy-in-call", Fn.upper(Lazy.stringValue({ produce: () => `round ${round}` })));
output("own-token", `${Token.asString({ creationStack: [], resolve: () => `round ${round}` })} of ${queue.name}`);
const policy: any = { Statement: [{ Resource: queue.arn }] };
const plain: any = { Version: "one", list: ["a"] };
output("object-in-call", Fn.jsonencode(policy));
output("plain-in-call", Fn.jsonencode(plain));
const items = ["a", queue.arn];
output("list-in-call", Fn.jsonencode(items));
const given = ["x", queue.arn];
output("own-arguments", Token.asString(call("format", given)));
const steps: any[] = ["first"];
output("own-steps", Token.asString(propertyAccess(queue.tags, steps)));
output("nested-steps", Fn.lookupNested(queue.tags, steps));
const part = { fqn: "aws_sqs_queue.other" };
output("own-address", Token.asString(propertyAccess(part as any, ["arn"])));
output("operator", Token.asString(Op.add(queue.delaySeconds, Lazy.numberValue({ produce: () => round }) as any)));
output("when", Lazy.stringValue({ produce: (context) => (context.preparing ? "preparing" : "writing") }));

// A name that was asked for stays, whatever is said later.
const arn = queue.arn;
queue.overrideLogicalId("renamed");
output("late-name", [arn, queue.arn, queue.fqn]);

// Texts of several pieces.
output("pieces", `${queue.arn}${queue.url}, "${queue.name}" in {${bucket.arn}}`);
output("by-hand", `\${upper("${queue.name}")} and ${queue.name} and \${lower("x")}}`);
output("open", `\${ ${queue.name} { ${queue.arn} } tail`);
output("number", `n=${queue.delaySeconds} of ${queue.arn}`);
output("alone", [queue.arn, `${queue.delaySeconds}`, `$${queue.arn}`, `$\${${queue.name}}`]);
output("nothing", `${Lazy.stringValue({ produce: () => undefined })}${Lazy.stringValue({ produce: () => undefined })}`);
output("half", `${Lazy.stringValue({ produce: () => undefined })}${queue.arn}`);
output("odd", `${Token.asString(["a", 1])} ${Token.asString(Token.nullValue())} ${Token.asString(true as any)} é😀${queue.arn}`);
output("raw", Fn.join(Fn.rawString('"'), [Fn.rawString("${x}"), `a"b`, "c\nd", queue.arn]));
output("quotes", Fn.jsonencode({ a: 'say "x"', b: "l\nm", c: "${y}", d: [undefined, 1, null, true], e: undefined, f: [], g: {} }));
output("escaped", `\${TfToken[x`);
output("ref-in-ref", Token.asString(ref(`${queue.name}.x`)));

// Over stacks: again and again, in an expression, and for the first time when everything was prepared.
output("far", [bucket.arn, `${bucket.arn}/*`, Fn.upper(bucket.arn), bucket.arn]);
const late: any = {};
output("late", late);
const changes = { visit: (node: any) => {
  if (node !== top) return;
  round = 7;
  policy.Statement.push({ Resource: bucket.arn });
  plain.list.push("b");
  items.push("c");
  given.push("y");
  steps.push("second");
  part.fqn = "aws_sqs_queue.changed";
  late.known = bucket.arn;
  late.unknown = bucket.id;
  queue.name = `late-${bucket.arn}`;
} };
Aspects.of(top).add(changes);
top.node.addValidation({ validate: () => { plain.late = "validated"; return []; } });
Aspects.of(base).add({ visit: (node) => { if (TerraformElement.isTerraformElement(node) && node === bucket) bucket.bucket = `name-${round}`; } });
top.addOverride("locals.x", `${queue.arn} ${bucket.arn}`);
app.synth();

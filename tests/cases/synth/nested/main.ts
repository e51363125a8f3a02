import { App, Aspects, Fn, Lazy, LocalBackend, TerraformCount, TerraformIterator, TerraformResource, TerraformStack, Token, TerraformVariable } from "cdktf";
import { Unchecked } from "weir/unchecked";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Lexv2ModelsBotVersion } from "@cdktf/provider-aws/lib/lexv2models-bot-version";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3TablesTable } from "@cdktf/provider-aws/lib/s3tables-table";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";

// Whether it makes sense counts for nothing here.
const any = (config: any): any => Unchecked.of(config);
const app = new App();
const other = new TerraformStack(app, "other");
new LocalBackend(other, { path: "other.tfstate" });
new AwsProvider(other, "aws", { region: "eu-west-1" });
const away = new SqsQueue(other, "away", {});
const stack = new TerraformStack(app, "here");
new LocalBackend(stack, { path: "here.tfstate" });
const west = new AwsProvider(stack, "aws", { region: "eu-west-1" });
const east = new AwsProvider(stack, "east", { region: "us-east-1", alias: "east", defaultTags: [{ tags: { team: "x" } }] });
const queue = new SqsQueue(stack, "queue", { name: "q", tags: { snakeCase: "kept" } });
const size = new TerraformVariable(stack, "size", { type: "number" });

// One object: an item of a list, a block, an attribute.
new S3Bucket(stack, "item", any({ versioning: { mfaDelete: false, enabled: true }, timeouts: { create: "1m" } }));
new S3Bucket(stack, "empty", any({ versioning: {}, logging: { targetBucket: queue.name, targetPrefix: undefined } }));
new S3Bucket(stack, "unknown", any({ versioning: { unknown: 1 }, website: { indexDocument: "i", unknown: 2 } }));
new S3Bucket(stack, "deep", any({ serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault: { kmsMasterKeyId: queue.arn, sseAlgorithm: "aws:kms" } } } }));
new S3Bucket(stack, "undefined", any({ versioning: { enabled: undefined }, serverSideEncryptionConfiguration: { rule: undefined } }));
new S3TablesTable(stack, "attribute", any({ name: "t", format: "ICEBERG", namespace: "n", tableBucketArn: queue.arn, encryptionConfiguration: { sseAlgorithm: "AES256" } }));
// Lists and sets of objects, and what stands for them.
new Instance(stack, "list", any({ ebsBlockDevice: [{ volumeSize: size.numberValue, deviceName: "a", tags: { keepCase: "x" } }, undefined, { deviceName: away.name }] }));
new Instance(stack, "none", any({ ebsBlockDevice: [], networkInterface: null }));
new Instance(stack, "token", any({ ebsBlockDevice: Lazy.anyValue({ produce: () => [{ device_name: queue.name }] }), networkInterface: Fn.tolist([]) }));
new Instance(stack, "inside", any({ ebsBlockDevice: [Token.asAny({ device_name: queue.name }), { deviceName: "b" }] }));
new Instance(stack, "text", any({ ebsBlockDevice: Token.asString(queue.fqn) }));
new SecurityGroup(stack, "complete", { ingress: [{ fromPort: 1, toPort: size.numberValue, protocol: "tcp", securityGroups: [queue.id] }], egress: [{}] });
// A map of objects.
new Lexv2ModelsBotVersion(stack, "map", any({ botId: "x", localeSpecification: { en_US: { sourceBotVersion: queue.name }, deDe: { sourceBotVersion: "2" } } }));
new Lexv2ModelsBotVersion(stack, "key", any({ botId: "x", localeSpecification: { [queue.name]: { sourceBotVersion: "1" } } }));
// Instances in the place of literals.
class Device { deviceName = "from a class"; get volumeSize(): number { return 8; } }
new Instance(stack, "instance", any({ ebsBlockDevice: [new Device()], rootBlockDevice: new Device() }));
// What was asked for or changed behind the constructor.
const asked = new Instance(stack, "asked", any({ rootBlockDevice: { volumeSize: 5 }, ebsBlockDevice: [{ deviceName: "a" }], ami: "x", creditSpecification: {} }));
new SqsQueue(stack, "reads", { name: asked.rootBlockDevice.volumeId, policy: Token.asString(asked.ebsBlockDevice.get(0).volumeId) });
asked.rootBlockDevice.volumeType = "gp3";
asked.putEbsBlockDevice([{ deviceName: "b", encrypted: true }]);
asked.putMetadataOptions({ httpTokens: "required" });
const reset = new Instance(stack, "reset", any({ rootBlockDevice: { volumeSize: 5 }, ami: "x" }));
reset.resetRootBlockDevice();
// Meta-arguments.
new SqsQueue(stack, "meta", { name: "m", dependsOn: [queue, stack.node.findChild("list")], provider: east, lifecycle: { ignoreChanges: ["name"], replaceTriggeredBy: [queue.arn], precondition: [{ condition: Fn.alltrue([]), errorMessage: "no" }] } });
new CloudwatchLogGroup(stack, "counted", { name: "c", count: TerraformCount.of(size.numberValue) });
new CloudwatchLogGroup(stack, "plain-count", { name: "c", count: 3, provider: west });
const each = TerraformIterator.fromList(["a", "b"]);
new CloudwatchLogGroup(stack, "each", { name: each.value, forEach: each });
const late = new DataAwsIamPolicyDocument(stack, "late", { statement: [{ actions: ["s3:*"], resources: [queue.arn, away.arn], principals: [{ type: "AWS", identifiers: ["*"] }], condition: [{ test: "StringEquals", variable: "x", values: ["y"] }] }] });
late.dependsOn = [queue.fqn, away.fqn];
new EcsService(stack, "service", any({ name: "s", networkConfiguration: { subnets: [queue.id], assignPublicIp: true }, loadBalancer: [{ containerName: "c", containerPort: 1, targetGroupArn: queue.arn }], lifecycle: { ignoreChanges: "all" }, dependsOn: [away] }));
new SqsQueue(stack, "provisioned", { name: "p", provisioners: [{ type: "local-exec", command: `echo ${queue.name}` }], connection: { type: "ssh", host: "h" } });
const imported = new SqsQueue(stack, "imported", { name: "i", dependsOn: [queue] });
imported.importFrom("id-1");
// Overrides within nested blocks.
const overridden = new Instance(stack, "overridden", any({ rootBlockDevice: { volumeSize: 5 }, ebsBlockDevice: [{ deviceName: "a" }], lifecycle: { preventDestroy: true } }));
overridden.addOverride("root_block_device.volume_size", 6);
overridden.addOverride("ebs_block_device", [{ device_name: queue.name }]);
overridden.addOverride("lifecycle.prevent_destroy", undefined);
// Between the passes.
class Tagged {
  visit(node: any): void {
    if (node instanceof SqsQueue || node instanceof Instance) node.tags = { ...node.tagsInput, seen: queue.name };
    if (node instanceof TerraformResource && node.node.id === "list") node.addOverride("ami", "y");
  }
}
Aspects.of(stack).add(new Tagged());
let calls = 0;
new S3Bucket(stack, "lazy", any({ versioning: { enabled: Lazy.anyValue({ produce: () => (calls += 1) }) }, bucket: Lazy.stringValue({ produce: () => `${queue.name}-${calls}` }) }));
app.synth();

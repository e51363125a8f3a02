import { App, TerraformElement, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";

// Members of a provider's classes are made when a program looks for them: it must not see that.
const app = new App();
const stack = new TerraformStack(app, "s");
const provider: any = new AwsProvider(stack, "aws", { region: "eu-west-1" });
const tell = (what: string, value: any) => console.log(`${what}:`, value);
const threw = (act: () => void) => {
  try {
    act();
    return "nothing";
  } catch (error: any) {
    return error.constructor.name;
  }
};

// `in`, of a name that some have and some have not.
const queue: any = new SqsQueue(stack, "queue", { name: "q", tags: { a: "b" } });
const policy: any = new IamRolePolicy(stack, "policy", { role: "r", policy: "{}" });
const output: any = new TerraformOutput(stack, "output", { value: 1 });
const tagged = [stack, provider, queue, policy, output].filter((node) => "tags" in node && 'tagsInput' in node);
tell("tagged", tagged.map((node) => node.node.id));
tell("in", ["delaySeconds" in queue, "putTimeouts" in queue, "resetName" in queue, "resetPolicy" in policy, "resetRole" in policy, "nothing" in queue]);
tell("in a prototype", ["arn" in SqsQueue.prototype, "arn" in IamRolePolicy.prototype, "arn" in TerraformResource.prototype]);

// Reading, setting, and what is no member.
tell("input", [queue.nameInput, queue.delaySecondsInput, policy.policyInput, provider.regionInput, provider.region]);
queue.delaySeconds = 5;
queue["visibilityTimeoutSeconds"] = 30;
queue.resetName();
tell("set", [queue.delaySecondsInput, queue.visibilityTimeoutSecondsInput, queue.nameInput, Object.keys(queue).includes("delaySeconds")]);
queue.own = 1;
tell("own", [queue.own, Object.keys(queue).includes("own"), "own" in queue, Object.getOwnPropertyDescriptor(queue, "own")]);
tell("none", [queue.nothing, queue.then, queue.toJSON, queue[Symbol.iterator], policy.arn, output.arn, stack["arn" as "node"]]);
tell("read only", [threw(() => (queue.arn = "x")), threw(() => (queue.policyInput = "x")), Object.keys(queue).includes("arn")]);
const { url, fifoQueue, missing = "default" } = queue;
tell("taken apart", [typeof url, typeof fifoQueue, missing]);
const name = ["kms", "Master", "Key", "Id"].join("");
tell("by a name put together", [typeof queue[name], queue[`${name}Input`], typeof queue["reset" + name[0].toUpperCase() + name.slice(1)]]);
provider.region = "us-east-1";
provider.resetProfile();
tell("provider", [provider.regionInput, provider.alias, provider.aliasInput, "profile" in provider]);

// Classes of the program's own.
class Loud extends LambdaFunction {
  declare private calls: number;
  get arn(): string {
    return `loud ${super.arn.length > 0}`;
  }
  set memorySize(value: number) {
    super.memorySize = value * 2;
  }
  get memorySize(): number {
    return 1;
  }
  putEnvironment(value: any): void {
    this.calls = (this.calls ?? 0) + 1;
    super.putEnvironment({ variables: { ...value.variables, CALLS: `${this.calls}` } });
  }
}
const loud: any = new Loud(stack, "loud", { functionName: "f", filename: "f.zip", role: "arn:aws:iam::123456789012:role/r", memorySize: 128 });
loud.memorySize = 256;
loud.putEnvironment({ variables: { A: "b" } });
tell("overridden", [loud.arn, loud.memorySize, loud.memorySizeInput, loud.environmentInput, loud.functionNameInput]);
tell("its own", Object.getOwnPropertyNames(Loud.prototype).sort());
tell("its base's", Object.getOwnPropertyNames(LambdaFunction.prototype).includes("qualifiedArn"));
class Base extends Construct {
  declare foo?: string;
  constructor(scope: Construct, id: string) {
    super(scope, id);
    if (this.foo === undefined) this.foo = "set";
  }
}
tell("construct", [new Base(stack, "base").foo, "arn" in new Base(stack, "other")]);

// Looking at prototypes.
const described = Object.getOwnPropertyDescriptor(SnsTopic.prototype, "displayName")!;
tell("described", [typeof described.get, typeof described.set, described.enumerable, described.configurable]);
tell("described computed", typeof Object.getOwnPropertyDescriptor(SnsTopic.prototype, "arn")!.set);
tell("described method", typeof Reflect.getOwnPropertyDescriptor(SnsTopic.prototype, "resetDisplayName")!.value);
const names = Object.getOwnPropertyNames(KmsKey.prototype).filter((each) => /^(description|putTimeouts|policy|resetPolicy|keyId|keyIdInput)$/.test(each));
tell("listed", names);
tell("owned", [Object.hasOwn(EcsService.prototype, "cluster"), EcsService.prototype.hasOwnProperty("clusterInput"), Reflect.ownKeys(EcsService.prototype).includes("putTimeouts")]);
const key: any = new KmsKey(stack, "key", { description: "d" });
tell("read first", key.description === new KmsKey(stack, "key2").description);
const seen: string[] = [];
for (const each in key) if (/^(arn|description|policyInput)$/.test(each)) seen.push(each);
tell("for in", [seen, Object.keys(KmsKey.prototype)]);
tell("chain", [key instanceof KmsKey, key instanceof TerraformResource, key instanceof TerraformElement, key instanceof Construct, key instanceof Object, key instanceof SqsQueue]);
tell("chain's end", [Construct.prototype.isPrototypeOf(key), Object.getPrototypeOf(KmsKey.prototype) === TerraformResource.prototype, Construct.isConstruct(key), TerraformResource.isTerraformResource(output)]);

// Spies and patches.
const original = S3Bucket.prototype.resetBucket;
let calls = 0;
S3Bucket.prototype.resetBucket = function (this: S3Bucket) {
  calls++;
  original.call(this);
};
const bucket: any = new S3Bucket(stack, "bucket", { bucket: "b" });
bucket.resetBucket();
S3Bucket.prototype.resetBucket = original;
tell("spied", [calls, bucket.bucketInput]);
const spied: any = new S3Bucket(stack, "spied", { bucket: "c" });
spied.resetBucket = () => "spy";
tell("spied on one", [spied.resetBucket(), Object.keys(spied).includes("resetBucket"), spied.bucketInput]);
Object.defineProperty(S3Bucket.prototype, "region", { ...Object.getOwnPropertyDescriptor(S3Bucket.prototype, "region"), get: () => "patched" });
tell("patched", [bucket.region, spied.region]);
const watched: string[] = [];
const watch: any = new Proxy(bucket, {
  get: (target, property, receiver) => (watched.push(String(property)), Reflect.get(target, property, receiver)),
});
watch.bucketDomainName;
tell("watched", [watched[0], typeof watch.bucketInput]);

// Nested objects.
const nested = loud.environment;
tell("nested", [nested.variablesInput, "variables" in nested, "variables" in loud.vpcConfig, nested.nothing, typeof loud.vpcConfig.vpcId, threw(() => (loud.vpcConfig.vpcId = "x"))]);
nested.variables = { B: "c" };
tell("nested set", [nested.variablesInput, loud.environmentInput]);
tell("same class", loud.environment.constructor === (new LambdaFunction(stack, "l2", { functionName: "g", filename: "f.zip", role: "arn:aws:iam::123456789012:role/r" }) as any).environment.constructor);
const service: any = new EcsService(stack, "service", { name: "n", loadBalancer: [{ containerName: "c", containerPort: 1 }] });
tell("list", [typeof service.loadBalancer.get(0).containerName, service.loadBalancer.nothing, `${service.loadBalancer}`.length > 0]);
tell("data source", typeof new DataAwsCallerIdentity(stack, "me").accountId);
tell("json", [JSON.stringify({ arn: typeof queue.arn }), `${queue}`]);
Promise.resolve(queue).then((same) => tell("awaited", same === queue));
app.synth();
tell("of one that takes nothing more", threw(() => (Object.preventExtensions(bucket).more = 1)));

import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueue as Again } from "weir/aws/sqs-queue";
import * as topics from "@cdktf/provider-aws/lib/sns-topic";
import { iamRole, provider } from "@cdktf/provider-aws";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Bucket as Bucket, S3BucketLifecycleRuleList } from "@cdktf/provider-aws/lib/s3-bucket";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { Queue, Resource as Same } from "./again.ts";

// What a file takes of providers comes from one module where it can, and means the same as from many.
const app = new App();
const stack = new TerraformStack(app, "s");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new NullProvider(stack, "null");
const config: SqsQueueConfig = { name: "q" };
const queue = new SqsQueue(stack, "queue", config);
new Resource(stack, "nothing", { triggers: { queue: queue.arn } });
const late = await import("@cdktf/provider-aws/lib/kms-key");
const same = await import("@cdktf/provider-aws/lib/sqs-queue");
console.log(SqsQueue === Again, Again === Queue, Resource === Same, provider.AwsProvider === AwsProvider, S3Bucket === Bucket, same.SqsQueue === Queue);
console.log([SqsQueue, topics.SnsTopic, iamRole.IamRole, S3Bucket, S3BucketLifecycleRuleList, Resource, late.KmsKey].map((made) => made?.name));
const vpc: Vpc | undefined = undefined;
console.log(vpc, Object.keys(topics));
app.synth();

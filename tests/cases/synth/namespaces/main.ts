import * as aws from "@cdktf/provider-aws";
import * as sqs from "@cdktf/provider-aws/lib/sqs-queue";
import { provider, s3Bucket } from "@cdktf/provider-aws";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { stringResource } from "@cdktf/provider-random";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "s");
new provider.AwsProvider(stack, "aws", { region: "eu-west-1" });
new RandomProvider(stack, "random");
const bucket = new s3Bucket.S3Bucket(stack, "bucket", { bucket: new stringResource.StringResource(stack, "name", { length: 8 }).result });
new aws.sqsQueue.SqsQueue(stack, "queue", { name: bucket.id });
new sqs.SqsQueue(stack, "other", { name: sqs["SqsQueue"].tfResourceType });
console.log(Object.keys(aws), Object.keys(sqs), (aws as any).nothing);
app.synth();

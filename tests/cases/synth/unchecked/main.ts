import { App, TerraformStack } from "cdktf";
import { Unchecked } from "weir/unchecked";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
new SqsQueue(stack, "queue", { delaySeconds: Unchecked.of("5" as any), name: Unchecked.of(undefined), tags: Unchecked.of({ n: 1 as any }) });
new SqsQueue(stack, "whole", Unchecked.of({ delaySeconds: true as any }));
new S3BucketCorsConfiguration(stack, "cors", { bucket: "b", corsRule: Unchecked.of([{ maxAgeSeconds: "1", allowedOrigins: "*" } as any]) });
// A property's name is checked all the same: what no schema knows is not written.
new SqsQueue(stack, "named", { delay: Unchecked.of(5) } as any);
app.synth();

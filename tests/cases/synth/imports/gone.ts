import { App } from "cdktf";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue, Sns } from "@cdktf/provider-aws/lib/sqs-queue";
new App().synth();
console.log(SnsTopic, SqsQueue, Sns);

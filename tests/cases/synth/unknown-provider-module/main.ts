import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queues";

new SqsQueue(undefined as any, "q", {});

export { SqsQueue as Queue } from "@cdktf/provider-aws/lib/sqs-queue";
export { Resource } from "@cdktf/provider-null/lib/resource";

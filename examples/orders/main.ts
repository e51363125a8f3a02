// The orders service: a queue with a dead-letter queue, a table, a bucket for exports, and the role that may use them.
//
//     weir synth main.ts && weir review plan.json      (or: make run, from the top of the repository)
import { App, Fn, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

interface WorkQueueProps {
  name: string;
  /** How often a message is tried before it goes to the dead-letter queue. */
  attempts?: number;
}

/** A queue whose failed messages are kept, not lost. */
class WorkQueue extends Construct {
  readonly queue: SqsQueue;
  readonly dead: SqsQueue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.dead = new SqsQueue(this, "dead", {
      name: `${props.name}-dead`,
      messageRetentionSeconds: 14 * 24 * 3600,
    });
    this.queue = new SqsQueue(this, "queue", {
      name: props.name,
      visibilityTimeoutSeconds: 60,
      redrivePolicy: Fn.jsonencode({
        deadLetterTargetArn: this.dead.arn,
        maxReceiveCount: props.attempts ?? 5,
      }),
    });
  }
}

const app = new App();
const stack = new TerraformStack(app, "orders");
new LocalBackend(stack, { path: "terraform.tfstate" });
new AwsProvider(stack, "aws", {
  region: "eu-west-1",
  // No account is asked: this example is planned against a written state, with -refresh=false.
  accessKey: "none",
  secretKey: "none",
  skipCredentialsValidation: true,
  skipMetadataApiCheck: "true",
  skipRegionValidation: true,
  skipRequestingAccountId: true,
});

const work = new WorkQueue(stack, "work", { name: "orders" });

const table = new DynamodbTable(stack, "table", {
  name: "orders",
  billingMode: "PAY_PER_REQUEST",
  // It was `order`. A key cannot be changed in place: the table would be destroyed, with every order in it.
  hashKey: "orderId",
  attribute: [{ name: "orderId", type: "S" }],
  pointInTimeRecovery: { enabled: true },
});

const exports = new S3Bucket(stack, "exports", { bucket: "acme-orders-exports" });
new S3BucketPublicAccessBlock(stack, "exports-private", {
  bucket: exports.id,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});

const role = new IamRole(stack, "role", {
  name: "orders-service",
  assumeRolePolicy: Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
  }),
});
new IamRolePolicy(stack, "role-policy", {
  name: "orders-service",
  role: role.id,
  policy: Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource: work.queue.arn },
      { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], Resource: table.arn },
      { Effect: "Allow", Action: "s3:PutObject", Resource: `${exports.arn}/*` },
    ],
  }),
});

new TerraformOutput(stack, "queue-url", { value: work.queue.url });
app.synth();

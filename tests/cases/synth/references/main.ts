import { App, TerraformStack, TerraformVariable } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SecurityGroupRule } from "@cdktf/provider-aws/lib/security-group-rule";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";

const app = new App();
const stack = new TerraformStack(app, "references");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const anything = new TerraformVariable(stack, "anything", { type: "string" });
const role = new IamRole(stack, "role", { name: "r", assumeRolePolicy: "{}" });
const key = new KmsKey(stack, "key", {});
const bucket = new S3Bucket(stack, "bucket", { bucket: "files" });
const topic = new SnsTopic(stack, "topic", { name: "t" });
const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });

// A name, an id and another thing's ARN where an ARN belongs.
new EcsTaskDefinition(stack, "task", { family: "f", containerDefinitions: "[]", executionRoleArn: role.name, taskRoleArn: topic.arn });
new DbInstance(stack, "db", { instanceClass: "db.t4g.micro", storageEncrypted: true, kmsKeyId: key.keyId });
new SfnStateMachine(stack, "machine", { name: "m", definition: "{}", roleArn: role.id });
// Ids of another kind, a name and an ARN where an id belongs.
const subnet = new Subnet(stack, "subnet", { vpcId: vpc.arn, cidrBlock: "10.0.0.0/24" });
const group = new SecurityGroup(stack, "group", { name: "g", vpcId: subnet.id });
new VpcEndpoint(stack, "endpoint", { vpcId: vpc.id, serviceName: "s", subnetIds: [subnet.id, vpc.id], securityGroupIds: [group.name] });
new SecurityGroupRule(stack, "rule", { type: "ingress", fromPort: 1, toPort: 1, protocol: "tcp", securityGroupId: group.id, sourceSecurityGroupId: group.name });
new EcsService(stack, "service", { name: "s", networkConfiguration: { subnets: [group.id], securityGroups: [subnet.id] } });
// Another kind of thing than the name says.
new IamRolePolicyAttachment(stack, "attachment", { role: topic.arn, policyArn: role.arn });
new SnsTopic(stack, "locked", { kmsMasterKeyId: topic.arn });
// An ARN where a name or a URL belongs.
const queue = new SqsQueue(stack, "queue", {});
new SqsQueuePolicy(stack, "queue-policy", { queueUrl: queue.arn, policy: "{}" });
new S3BucketPolicy(stack, "bucket-policy", { bucket: bucket.arn, policy: "{}" });
new IamRolePolicyAttachment(stack, "by-arn", { role: role.arn, policyArn: anything.stringValue });

// Right, or not to be known.
new S3BucketReplicationConfigurationA(stack, "copies", { bucket: bucket.id, role: role.arn, rule: [{ status: "Enabled", destination: { bucket: bucket.arn } }] });
new OpensearchDomain(stack, "search", { domainName: "d", advancedSecurityOptions: { enabled: true, masterUserOptions: { masterUserArn: role.arn } } });
new SnsTopic(stack, "free", { kmsMasterKeyId: key.arn });
new EcsTaskDefinition(stack, "fine", { family: "f", containerDefinitions: "[]", executionRoleArn: role.arn, taskRoleArn: anything.stringValue });
const named = new LambdaPermission(stack, "named", { action: "lambda:InvokeFunction", principal: "p", functionName: topic.arn });
new CloudwatchEventTarget(stack, "target", { rule: "r", arn: named.functionName, roleArn: role.arn });
new CloudwatchEventTarget(stack, "text", { rule: "r", arn: `arn:aws:sns:eu-west-1:111122223333:${topic.name}` });
new CloudwatchEventTarget(stack, "plain", { rule: "r", arn: bucket.bucket });
app.synth();

import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AmiCopy } from "@cdktf/provider-aws/lib/ami-copy";
import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { AthenaPreparedStatement } from "@cdktf/provider-aws/lib/athena-prepared-statement";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { BudgetsBudgetAction } from "@cdktf/provider-aws/lib/budgets-budget-action";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DirectoryServiceRegion } from "@cdktf/provider-aws/lib/directory-service-region";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { ElasticacheCluster } from "@cdktf/provider-aws/lib/elasticache-cluster";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { SagemakerNotebookInstance } from "@cdktf/provider-aws/lib/sagemaker-notebook-instance";
import { SecurityhubConfigurationPolicyAssociation } from "@cdktf/provider-aws/lib/securityhub-configuration-policy-association";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";

const app = new App();
const stack = new TerraformStack(app, "facts");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

// Allowed values, of texts, of numbers, in a list and in a block.
new CloudwatchLogGroup(stack, "logs", { name: "app", retentionInDays: 31 });
new DynamodbTable(stack, "table", {
  name: "orders",
  billingMode: "PAY_PER_REQEST",
  attribute: [{ name: "id", type: "STRING" }],
  hashKey: "id",
});
// A range, a length, whole numbers, steps.
new DbInstance(stack, "db", { instanceClass: "db.t4g.micro", backupRetentionPeriod: 36, performanceInsightsRetentionPeriod: 8 });
new KmsKey(stack, "key", { deletionWindowInDays: 7.5 });
new Apigatewayv2Api(stack, "api", { name: "a".repeat(129), protocolType: "HTTP" });
new LaunchTemplate(stack, "template", { instanceMarketOptions: { spotOptions: { blockDurationMinutes: 90 } } });
new CloudwatchMetricAlarm(stack, "alarm", { alarmName: "a", comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, period: 45 });
new LambdaEventSourceMapping(stack, "mapping", { functionName: "f", eventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:q", maximumRecordAgeInSeconds: 0 });
// Formats and a pattern.
new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0" });
new BudgetsBudgetAction(stack, "action", {
  accountId: "1234",
  actionThreshold: { actionThresholdType: "PERCENTAGE", actionThresholdValue: 1 },
  actionType: "APPLY_IAM_POLICY",
  approvalModel: "AUTOMATIC",
  budgetName: "b",
  definition: {},
  executionRoleArn: "budget-role",
  notificationType: "ACTUAL",
  subscriber: [{ address: "a@example.com", subscriptionType: "EMAIL" }],
});
new AthenaPreparedStatement(stack, "statement", { name: "s", queryStatement: "SELECT 1", workgroup: "my group" });
// Each format.
new AmiCopy(stack, "ami", { name: "a", sourceAmiId: "ami-1", sourceAmiRegion: "eu-west-1", deprecationTime: "2026-01-02" });
new AutoscalingGroup(stack, "scaling", { minSize: 1, maxSize: 1, launchConfiguration: "l", waitForCapacityTimeout: "ten minutes" });
new CustomerGateway(stack, "gateway", { type: "ipsec.1", bgpAsn: "AS65000", ipAddress: "1.2.3.256" });
new DirectoryServiceRegion(stack, "region", { directoryId: "d-1", regionName: "eu-west", vpcSettings: { subnetIds: ["subnet-1"], vpcId: "vpc-1" } });
new ElasticacheCluster(stack, "cache", { clusterId: "c", autoMinorVersionUpgrade: "yes" });
new IamRole(stack, "role", { assumeRolePolicy: "{'Version': '2012-10-17'}" });
new Instance(stack, "instance", { ami: "ami-1", instanceType: "t3.micro", userDataBase64: "#!/bin/sh", ipv6Addresses: ["2001:db8:::1"] });
new Route53HealthCheck(stack, "health", { type: "TCP", ipAddress: "localhost" });
new SecurityhubConfigurationPolicyAssociation(stack, "association", { policyId: "policy-1", targetId: "t" });
new VpcSecurityGroupIngressRule(stack, "rule", { securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "10.0.0.0/33" });
new LaunchTemplate(stack, "memory", { instanceRequirements: { memoryMib: { min: 1 }, vcpuCount: { min: 1 }, memoryGibPerVcpu: { min: 0 } } });
// Too many items.
new SagemakerNotebookInstance(stack, "notebook", {
  instanceType: "ml.t3.medium",
  name: "n",
  roleArn: "arn:aws:iam::111122223333:role/r",
  additionalCodeRepositories: ["a", "b", "c", "d"],
});
// What only the provider sets.
new Vpc(stack, "own", { cidrBlock: "10.0.0.0/16", id: "vpc-1" });
app.synth();

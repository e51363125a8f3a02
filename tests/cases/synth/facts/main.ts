import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { AthenaPreparedStatement } from "@cdktf/provider-aws/lib/athena-prepared-statement";
import { BudgetsBudgetAction } from "@cdktf/provider-aws/lib/budgets-budget-action";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { SagemakerNotebookInstance } from "@cdktf/provider-aws/lib/sagemaker-notebook-instance";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";

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

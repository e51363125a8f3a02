// SPDX-License-Identifier: Apache-2.0
// A bucket behind a distribution with a certificate and a name; who may read it, and what is drawn of it.

import { App } from "cdktf";
import { AwsStack, cloudwatch, edge, iam, storage } from "terraconstructs/lib/aws";

const app = new App();
const stack = new AwsStack(app, "main", {
  gridUUID: "12345678-1234",
  environmentName: "test",
  providerConfig: { region: "eu-west-1" },
  gridBackendConfig: { address: "https://state.example.com" },
});
const zone = new edge.DnsZone(stack, "zone", { zoneName: "example.com" });
const certificate = new edge.PublicCertificate(stack, "certificate", {
  domainName: "www.example.com",
  validation: { method: edge.ValidationMethod.DNS, hostedZone: zone },
});
const bucket = new storage.Bucket(stack, "site", { versioned: true, cloudfrontAccess: { enabled: true } });
const distribution = new edge.Distribution(stack, "distribution", {
  defaultBehavior: { origin: new edge.S3Origin(bucket) },
  certificate,
  aliases: ["www.example.com"],
  defaultRootObject: "index.html",
});
const target = edge.RecordTarget.fromAlias(new edge.DistributionTarget(distribution));
new edge.ARecord(stack, "www", { zone, recordName: "www", target });

const group = new iam.Group(stack, "group");
const user = new iam.User(stack, "user", { groups: [group] });
new iam.ManagedPolicy(stack, "policy", {
  statements: [
    new iam.PolicyStatement({
      sid: "Team",
      actions: ["s3:Get*"],
      resources: [bucket.arnForObjects("team/*")],
      conditions: { StringEquals: { "aws:PrincipalTag/team": "web" } },
    }),
  ],
  groups: [group],
});
bucket.grantReadWrite(user);

const errors = new cloudwatch.Metric({ namespace: "Site", metricName: "Errors", statistic: "Sum", dimensionsMap: { Service: "web" } });
const rate = new cloudwatch.MathExpression({
  expression: "e / r * 100",
  usingMetrics: { e: errors, r: errors.with({ metricName: "Requests" }) },
});
new cloudwatch.Alarm(stack, "alarm", { metric: rate, threshold: 5, evaluationPeriods: 2 });
const dashboard = new cloudwatch.Dashboard(stack, "dashboard", { dashboardName: "site", start: "-P7D" });
dashboard.addWidgets(new cloudwatch.GraphWidget(stack, { title: "errors", left: [errors], right: [rate] }));
app.synth();

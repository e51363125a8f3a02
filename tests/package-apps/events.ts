// SPDX-License-Identifier: Apache-2.0
// A bus, its rules and their targets; a queue with a key of its own.

import { App } from "cdktf";
import { Duration } from "terraconstructs";
import { AwsStack, encryption, notify } from "terraconstructs/lib/aws";

const app = new App();
const stack = new AwsStack(app, "main", {
  gridUUID: "12345678-1234",
  environmentName: "test",
  providerConfig: { region: "eu-west-1" },
  gridBackendConfig: { address: "https://state.example.com" },
});
const bus = new notify.EventBus(stack, "bus", { eventBusName: "orders" });
const key = new encryption.Key(stack, "key", { enableKeyRotation: true, alias: "orders" });
const queue = new notify.Queue(stack, "queue", { encryptionMasterKey: key });
const rule = new notify.Rule(stack, "rule", {
  eventBus: bus,
  eventPattern: { source: ["orders"], detailType: ["OrderPlaced"], detail: { total: [{ numeric: [">", 100] }] } },
});
const message = notify.RuleTargetInput.fromObject({ id: notify.EventField.fromPath("$.detail.id"), account: notify.EventField.account });
rule.addTarget(new notify.targets.SqsQueue(queue, { message }));
new notify.Rule(stack, "nightly", {
  schedule: notify.Schedule.cron({ minute: "0", hour: "3" }),
  targets: [new notify.targets.SqsQueue(queue)],
});
new notify.Rule(stack, "often", { schedule: notify.Schedule.rate(Duration.minutes(5)) });
new notify.Stream(stack, "stream", { shardCount: 2, retentionPeriod: Duration.hours(48) });
app.synth();

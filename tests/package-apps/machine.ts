// SPDX-License-Identifier: Apache-2.0
// A state machine that is drawn from objects, its role and its log.

import { App } from "cdktf";
import { Duration } from "terraconstructs";
import { AwsStack, cloudwatch, compute, notify } from "terraconstructs/lib/aws";

const app = new App();
const stack = new AwsStack(app, "main", {
  gridUUID: "12345678-1234",
  environmentName: "test",
  providerConfig: { region: "eu-west-1" },
  gridBackendConfig: { address: "https://state.example.com" },
});
const pass = new compute.Pass(stack, "pass", { parameters: { a: compute.JsonPath.stringAt("$.a"), b: 1 }, resultPath: "$.x" });
const wait = new compute.Wait(stack, "wait", { time: compute.WaitTime.duration(Duration.seconds(10)) });
const choice = new compute.Choice(stack, "choice")
  .when(compute.Condition.numberGreaterThan("$.n", 3), new compute.Succeed(stack, "ok"))
  .otherwise(new compute.Fail(stack, "no", { error: "E", cause: "too few" }));
const each = new compute.Map(stack, "each", { itemsPath: compute.JsonPath.stringAt("$.items"), maxConcurrency: 3 });
each.itemProcessor(new compute.Pass(stack, "inner"));
const send = new compute.tasks.SqsSendMessage(stack, "send", {
  queue: new notify.Queue(stack, "queue"),
  messageBody: compute.TaskInput.fromJsonPathAt("$.body"),
});
new compute.StateMachine(stack, "machine", {
  definitionBody: compute.DefinitionBody.fromChainable(pass.next(wait).next(each).next(send).next(choice)),
  timeout: Duration.minutes(5),
  logs: { destination: new cloudwatch.LogGroup(stack, "log"), level: compute.LogLevel.ALL },
  tracingEnabled: true,
});
app.synth();

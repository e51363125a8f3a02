# SPDX-License-Identifier: Apache-2.0
"""An agent's whole way to a stack through weir mcp, as recorded: find, show, a program with a mistake, its fix, synth. It takes at most
8 calls and 12,000 tokens of results, each show within its budget, and what the mistake's finding says is enough to mend it."""

import json
import os
import re
import subprocess
import sys
import tempfile

META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {}}
CALLS_MOST, TOKENS_MOST, BUDGET = 8, 12000, 1500
# As base/tokens.h counts, from above: three letters, two digits, a mark or a line feed each.
TOKEN = re.compile(r"[A-Z][a-z]{0,2}|[a-z]{1,3}|[0-9]{1,2}|\n|[^\sA-Za-z0-9]")
PROGRAM = """import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const dead = new SqsQueue(stack, "dead", { messageRetentionSeconds: 1209600 });
new SqsQueue(stack, "queue", {
  visibilityTimeoutSecond: 120,
  redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 5 }),
});
new IamRole(stack, "worker", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
new S3Bucket(stack, "archive", { bucketPrefix: "orders-archive-" });
app.synth();
"""


def check(condition, text):
    if not condition:
        sys.exit(f"mcp dialogue: {text}")


class Agent:
    def __init__(self, folder):
        self.folder, self.calls, self.tokens = folder, 0, 0
        self.server = subprocess.Popen(["weir", "mcp", "--allow-write"], cwd=folder, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE)

    def call(self, tool, **arguments):
        """The text of the answer, which is what a model reads."""
        self.calls += 1
        self.server.stdin.write(json.dumps({
            "jsonrpc": "2.0", "id": self.calls, "method": "tools/call",
            "params": {"name": tool, "arguments": arguments, "_meta": META}}).encode() + b"\n")
        self.server.stdin.flush()
        result = json.loads(self.server.stdout.readline())["result"]
        text = result["content"][0]["text"]
        check("isError" not in result, text)
        used = len(TOKEN.findall(text))
        check(tool != "show" or used <= arguments["budget"], f"{arguments} took {used} tokens")
        self.tokens += used
        return text

    def write(self, text):
        with open(os.path.join(self.folder, "main.ts"), "w", encoding="utf-8") as file:
            file.write(text)


def main():
    with tempfile.TemporaryDirectory() as folder:
        agent = Agent(folder)
        names = [one["name"] for one in json.loads(agent.call("find", words="sqs queue", limit=5))["results"]]
        check("aws_sqs_queue" in names, names)
        check("redrivePolicy" in agent.call("show", name="aws_sqs_queue", budget=BUDGET), "no redrivePolicy")
        check("assumeRolePolicy" in agent.call("show", name="aws_iam_role", budget=BUDGET), "no assumeRolePolicy")
        check("bucketPrefix" in agent.call("show", name="aws_s3_bucket", budget=BUDGET), "no bucketPrefix")
        agent.write(PROGRAM)
        found = json.loads(agent.call("check", program="main.ts"))["findings"]
        check(len(found) == 1, found)
        line = PROGRAM.splitlines()[found[0]["line"] - 1]
        nearest = re.search(r"did you mean '?(\w+)", found[0]["message"] + found[0].get("fix", ""), re.I)
        check("visibilityTimeoutSecond:" in line and nearest, found)
        agent.write(PROGRAM.replace("visibilityTimeoutSecond:", nearest[1] + ":"))
        check(json.loads(agent.call("check", program="main.ts"))["ok"], "the fix is none")
        files = json.loads(agent.call("synth", program="main.ts"))["files"]
        check("stacks/orders/cdk.tf.json" in files, files)
        with open(os.path.join(folder, "cdktf.out", "stacks/orders/cdk.tf.json"), encoding="utf-8") as file:
            made = json.load(file)["resource"]
        check(sorted(made) == ["aws_iam_role", "aws_s3_bucket", "aws_sqs_queue"], made)
        check(agent.calls <= CALLS_MOST, f"{agent.calls} calls")
        check(agent.tokens <= TOKENS_MOST, f"{agent.tokens} tokens")
        agent.server.stdin.close()
        agent.server.wait(20)
        print(f"{agent.calls} calls, {agent.tokens} tokens")


main()

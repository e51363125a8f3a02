# SPDX-License-Identifier: Apache-2.0
"""A program of constructs that looks for any number of things that are not there, or for a token that nobody made, takes no more memory for that."""

import os
import resource
import subprocess
import sys
import tempfile

WEIR = os.path.join(os.environ["BUILD"], "weir")
START = """import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
const app = new App();
const stack = new TerraformStack(app, "s");
new AwsProvider(stack, "aws", {});
const queue: any = new SqsQueue(stack, "queue", {});
"""
LOOKS = """const name = "x".repeat(1 << 20);
for (let i = 0; i < 400; i++) if (queue[name + i] !== undefined) throw new Error("found");
app.synth();
"""
TOKEN = """new TerraformOutput(stack, "o", { value: "${TfToken[TOKEN.999999999]}" });
app.synth();
"""
MOST_KB = 50 * 1024


def check(text, exit_code):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "main.ts"), "w", encoding="utf-8") as file:
            file.write(START + text)
        done = subprocess.run([WEIR, "synth", "main.ts", "--check"], cwd=folder, capture_output=True, text=True, check=False)
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # the most of all so far
    if done.returncode != exit_code or taken > MOST_KB:
        sys.exit(f"exit {done.returncode}, {taken} kB, wanted at most {MOST_KB}: {done.stdout + done.stderr}")


if os.environ.get("WEIR_TEST_WRAP") or os.environ.get("WEIR_TEST_SLOW", "1") != "1":
    sys.exit(78)  # a sanitizer's or valgrind's memory is not weir's
check(LOOKS, 0)
check(TOKEN, 1)

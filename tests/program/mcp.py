# SPDX-License-Identifier: Apache-2.0
"""weir mcp under clients that mean no good, or none at all: what is slow delays nothing, what is hostile costs bounded memory, and every
message is as the schemas of the protocol say, where these are beside the project."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {}}
LOOP = "for (let i = 0; ; i++) { if (i > 1e9) i = 0; }\n"


class Client:
    def __init__(self, folder, *options):
        self.process = subprocess.Popen(["weir", "mcp", *options], cwd=folder, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, bufsize=0)
        self.held = b""

    def send(self, identity, method, params=None, **meta):
        message = {"jsonrpc": "2.0", "method": method, "params": {**(params or {}), "_meta": {**META, **meta}}}
        if identity is not None:
            message["id"] = identity
        self.process.stdin.write(json.dumps(message).encode() + b"\n")

    def read(self, seconds=20):
        """The next message, or None where none comes in time."""
        until = time.monotonic() + seconds
        while b"\n" not in self.held:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            got = os.read(self.process.stdout.fileno(), 1 << 16)
            if not got:
                return None
            self.held += got
        line, self.held = self.held.split(b"\n", 1)
        return json.loads(line)

    def check_memory(self):
        if os.environ.get("WEIR_TEST_WRAP") or os.environ.get("WEIR_TEST_SLOW", "1") != "1":
            return  # a sanitizer's or valgrind's memory is not weir's
        with open(f"/proc/{self.process.pid}/status") as status:
            peak = int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) // 1024
        check(peak < 100, f"the server took {peak} MiB")

    def children(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as children:
            return children.read().split()

    def close(self):
        self.process.stdin.close()
        return self.process.wait(20)


def check(condition, text):
    if not condition:
        sys.exit(f"mcp: {text}")


def a_loop_delays_nothing_and_can_be_cancelled(folder):
    client = Client(folder)
    for identity in range(4):
        client.send(identity, "tools/call", {"name": "check", "arguments": {"program": "loop.ts"}})
    start = time.monotonic()
    client.send("list", "tools/list")
    answer = client.read()
    check(answer["id"] == "list", f"the list waited for {answer}")
    check(time.monotonic() - start < 5, "the list took too long")
    check(len(client.children()) == 2, f"{len(client.children())} calls run at once")
    for identity in range(4):
        client.send(None, "notifications/cancelled", {"requestId": identity})
    client.send("after", "tools/call", {"name": "check", "arguments": {"program": "good.ts"}})
    answer = client.read(60)
    check(answer["id"] == "after", f"a cancelled call was answered: {answer}")
    check(answer["result"]["structuredContent"]["ok"], "the program is good")
    check(not client.children(), "a process is left")
    check(client.close() == 0, "it did not end well")


def what_eats_memory_ends_alone(folder):
    client = Client(folder)
    client.send(1, "tools/call", {"name": "check", "arguments": {"program": "eats.ts"}})
    client.send(2, "tools/list")
    check(client.read()["id"] == 2, "the list waited")
    answer = client.read(120)
    check(answer["id"] == 1, "the call has no answer")
    check(answer["result"]["structuredContent"]["findings"][0]["rule"] == "memory-limit", f"{answer}")
    client.check_memory()
    client.close()


def a_process_that_dies_is_told(folder):
    client = Client(folder)
    client.send(1, "tools/call", {"name": "check", "arguments": {"program": "loop.ts"}})
    while not client.children():
        time.sleep(0.01)
    os.kill(int(client.children()[0]), signal.SIGKILL)
    answer = client.read()
    check(answer["id"] == 1 and answer["error"]["code"] == -32603, f"{answer}")
    client.send(2, "tools/list")
    check(client.read()["id"] == 2, "the server went with it")
    client.close()


def ten_thousand_requests_cost_bounded_memory(folder):
    """The client sends all of them before it reads anything: it is made to wait, and every one is answered."""
    client = Client(folder)
    count = 10000
    text = b"".join(json.dumps({"jsonrpc": "2.0", "id": i, "method": "tools/list",
                                "params": {"_meta": META}}).encode() + b"\n" for i in range(count))
    os.set_blocking(client.process.stdin.fileno(), False)
    sent = 0
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline and sent < len(text):
        try:
            sent += client.process.stdin.write(text[sent:sent + 65536]) or 0
        except BlockingIOError:
            pass
    check(sent < len(text), "a client that does not read is read without end")
    client.check_memory()
    answered = 0
    while answered < count:
        if sent < len(text):
            try:
                sent += client.process.stdin.write(text[sent:sent + 65536]) or 0
            except BlockingIOError:
                pass
        answer = client.read()
        check(answer["id"] == answered, f"{answer} instead of {answered}")
        answered += 1
    client.check_memory()
    client.close()


def calls_without_end_are_refused(folder):
    client = Client(folder)
    for identity in range(200):
        client.send(identity, "tools/call", {"name": "check", "arguments": {"program": "loop.ts"}})
    refused = [client.read() for _ in range(200 - 64)]
    check(all(answer["result"]["isError"] for answer in refused), "a call was not refused")
    check(sorted(answer["id"] for answer in refused) == list(range(64, 200)), "others were refused")
    client.close()


def a_line_of_100_mb_is_told_and_forgotten(folder):
    client = Client(folder)
    for _ in range(100):
        client.process.stdin.write(b"x" * 1000000)
    client.process.stdin.write(b"\n")
    client.send(1, "tools/list")
    check(client.read()["error"]["code"] == -32600, "the line was not refused")
    check(client.read()["id"] == 1, "the server is out of step")
    client.check_memory()
    client.close()


def the_end_of_input_ends_all(folder):
    client = Client(folder)
    client.send(1, "tools/call", {"name": "check", "arguments": {"program": "loop.ts"}})
    client.send(2, "tools/list")
    check(client.read()["id"] == 2, "the list waited")
    children = client.children()
    start = time.monotonic()
    check(client.close() == 0, "it did not end well")
    check(time.monotonic() - start < 2, "it waited for its calls")
    check(children and not any(os.path.exists(f"/proc/{child}") for child in children), "a call is left")


def what_exists_is_found_and_shown(folder):
    client = Client(folder)

    def call(tool, **arguments):
        client.send(1, "tools/call", {"name": tool, "arguments": arguments})
        return client.read()["result"]

    found = call("find", words="aws_sqs_queue", limit=2)["structuredContent"]["results"]
    check(len(found) == 2 and found[0]["name"] == "aws_sqs_queue", f"{found}")
    check(call("find", words="sqs", kind="function")["structuredContent"]["results"] == [], "no such function")
    check("isError" in call("find", words="x", kind="datum"), "a kind that is none")
    shown = call("show", name="aws_sqs_queue", budget=300)["content"][0]["text"]
    check("delaySeconds" in shown and len(shown) < 1500, shown)
    check("aws_sqs_queue," in call("show", name="aws_sqs_queu")["content"][0]["text"], "no nearest name")
    client.send(2, "resources/read", {"uri": "weir://catalog/random_id"})
    check("byteLength" in client.read()["result"]["contents"][0]["text"], "no resource")
    client.send(3, "resources/read", {"uri": "weir://catalog/random_idx"})
    check(client.read()["error"]["code"] == -32602, "a resource that is none")
    client.send(4, "completion/complete", {"ref": {"type": "ref/resource", "uri": "weir://catalog/{name}"},
                                           "argument": {"name": "name", "value": "aws_sqs_queue_po"}})
    check(client.read()["result"]["completion"]["values"] == ["aws_sqs_queue_policy"], "no completion")
    client.close()


def a_client_that_leaves_ends_it(folder):
    client = Client(folder)
    client.process.stdout.close()
    check(client.process.wait(20) == 0, "it goes on without a reader")
    client.process.stdin.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        good = ('import { App, TerraformStack } from "cdktf";\nconst app = new App();\n'
                'new TerraformStack(app, "one");\napp.synth();\n')
        for name, text in (("good.ts", good), ("loop.ts", LOOP),
                           ("eats.ts", "const a = []; for (;;) a.push(new Array(100000).fill(1));\n")):
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        for test in (a_loop_delays_nothing_and_can_be_cancelled, what_eats_memory_ends_alone,
                     a_process_that_dies_is_told, ten_thousand_requests_cost_bounded_memory,
                     calls_without_end_are_refused, a_line_of_100_mb_is_told_and_forgotten,
                     the_end_of_input_ends_all, what_exists_is_found_and_shown, a_client_that_leaves_ends_it):
            test(folder)


main()

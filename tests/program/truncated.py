# SPDX-License-Identifier: Apache-2.0
"""A plan that becomes shorter while weir reads it: exit 65, told as every other error is.

weir maps its inputs in order.  The second one is a pipe, so when weir opens it the first is mapped;
then the first is cut, and weir gets a plan through the pipe."""

import json
import os
import signal
import subprocess
import sys

WEIR = os.path.join(os.environ["BUILD"], "weir")
PLAN = os.path.join(os.environ["SOURCE"], "examples", "dbmig", "plan.json")
# A name that both forms have to encode.
NAME = 'pl"a\x1bn.json'
MESSAGE = "the file became shorter while it was read"


def review(*arguments, files=None):
    with open(PLAN, "rb") as f:
        text = f.read()
    with open(NAME, "wb") as f:
        f.write(text + b" " * 100000)
    for name, content in (files or {}).items():
        with open(name, "w", encoding="utf-8") as f:
            f.write(content)
    if os.path.exists("pipe"):
        os.remove("pipe")
    os.mkfifo("pipe")
    process = subprocess.Popen([WEIR, "review", *arguments, NAME, "other=pipe"], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open("pipe", "wb") as pipe:
        os.truncate(NAME, 0)
        pipe.write(text)
    out, err = process.communicate(timeout=60)
    for name in files or {}:
        os.remove(name)
    return process.returncode, out, err


def expect(what, got, code, out, err):
    if got != (code, out, err):
        print(f"{what}: exit {got[0]}\nstdout: {got[1]}\nstderr: {got[2]}\n"
              f"wanted: exit {code}\nstdout: {out}\nstderr: {err}")
        sys.exit(1)


def main():
    os.chdir(os.environ["TMPDIR"])
    signal.alarm(120)  # where weir ends early, nobody opens the pipe
    line = f"weir: pl\"a\\u{{1b}}n.json: {MESSAGE} [file-truncated]\n"
    error = {"code": "file-truncated", "message": MESSAGE, "file": NAME, "line": None,
             "column": None}
    compact = json.dumps({"error": error}, separators=(",", ":")) + "\n"
    expect("text", review(), 65, "", line)
    expect("--format json", review("--format", "json"), 65, compact, "")
    expect("--json", review("--json"), 65, compact, "")
    # Known only once weir.yaml was read, which is a mapped file like the others.
    expect("weir.yaml", review(files={"weir.yaml": "format: json\n"}), 65, compact, "")


main()

# SPDX-License-Identifier: Apache-2.0
"""tests/run itself: a small project with tests that pass, fail, crash, hang, skip and are left out.
A runner that calls a broken test good would make every other test worthless."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ["SOURCE"]
PASSED = "printf '[  PASSED  ] 2 test(s).\\n'"
UNITS = {
    "base/good": PASSED,
    "base/bad": "printf '[  PASSED  ] 1 test(s).\\n[  FAILED  ] 3 test(s), listed below:\\n'; exit 3",
    "base/empty": "exit 0",
    "base/crash": PASSED + "; kill -SEGV $$",
    "base/lies": "printf '[  PASSED  ] 1 test(s).\\n'; exit 1",
    "base/skips": "printf '[  PASSED  ] 1 test(s).\\n[  SKIPPED ] 1 test(s), listed below:\\n'",
    "base/hangs": "sleep 600",
    "base/filter": "test \"$0\" = only* && " + PASSED,
    "fuzz/good": "exit 0",
    "fuzz/bad": "exit 1",
}
CASES = {
    "c/good": {"command": "weir a; cat input; exit 3", "input": "x\n", "stdout": "weir a\nx\n",
               "exit": "3\n"},
    "c/stderr": {"command": "echo oops >&2"},
    "c/stdout": {"command": "echo more", "stdout": "less\n"},
    "c/newline": {"command": "printf x", "stdout": "x\n"},
    "c/exit": {"command": "exit 1"},
    "c/requires": {"command": "exit 0", "requires": "no-such-program\n"},
    "c/shared": {"command": "exit 1", "requires": "shared\n"},
    "c/world": {"command": 'echo "$TZ"; ls "$HOME" "$TMPDIR" | wc -l; ls; echo "$LEAK"',
                "stdout": "WEIR-5:41\n3\ninput\n\n", "input": ""},
    "c/offline": {"command": "grep -c : /proc/net/dev", "stdout": "1\n"},
}


def lay(root):
    os.makedirs(f"{root}/tests")
    os.makedirs(f"{root}/build/meson-info")
    shutil.copy(f"{SOURCE}/tests/run", f"{root}/tests/run")
    with open(f"{root}/build/weir", "w") as file:
        file.write('#!/bin/sh\necho weir "$@"\n')
    os.chmod(f"{root}/build/weir", 0o755)
    with open(f"{root}/build/meson-info/intro-tests.json", "w") as file:
        json.dump([{"name": name, "cmd": ["sh", "-c", text]} for name, text in UNITS.items()], file)
    for name, files in CASES.items():
        os.makedirs(f"{root}/tests/cases/{name}")
        for file, text in files.items():
            with open(f"{root}/tests/cases/{name}/{file}", "w") as out:
                out.write(text)


def run(root, *arguments, **extra):
    env = {**os.environ, "LEAK": "leak", "WEIR_TEST_SLOW": "1", "WEIR_SHARED": "/nowhere",
           "CI": "", "BUILD": f"{root}/build", "WEIR_TEST_WRAP": "", **extra}
    done = subprocess.run([sys.executable, f"{root}/tests/run", *arguments], env=env,
                          capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines() or [""]
    return done.returncode, lines[-1], done.stdout


def expect(what, got, want):
    if got != want:
        print(f"{what}: got {got}, wanted {want}")
        sys.exit(1)


def main():
    with tempfile.TemporaryDirectory() as root:
        lay(root)
        for name, line, code in (
                ("base/good", "2 passed, 0 failed, 0 skipped", 0),
                ("base/bad", "1 passed, 3 failed, 0 skipped", 1),
                ("base/empty", "0 passed, 1 failed, 0 skipped", 1),
                ("base/crash", "2 passed, 1 failed, 0 skipped", 1),
                ("base/lies", "1 passed, 1 failed, 0 skipped", 1),
                ("base/skips", "1 passed, 0 failed, 1 skipped", 0),
                ("base/filter::only*", "2 passed, 0 failed, 0 skipped", 0),
                ("fuzz/good", "1 passed, 0 failed, 0 skipped", 0),
                ("fuzz/bad", "0 passed, 1 failed, 0 skipped", 1),
                ("c/good", "1 passed, 0 failed, 0 skipped", 0),
                ("cases/c/good", "1 passed, 0 failed, 0 skipped", 0),
                ("c/goo?", "1 passed, 0 failed, 0 skipped", 0),
                ("c/stderr", "0 passed, 1 failed, 0 skipped", 1),
                ("c/stdout", "0 passed, 1 failed, 0 skipped", 1),
                ("c/newline", "0 passed, 1 failed, 0 skipped", 1),
                ("c/exit", "0 passed, 1 failed, 0 skipped", 1),
                ("c/requires", "0 passed, 0 failed, 1 skipped", 0),
                ("c/shared", "0 passed, 0 failed, 0 skipped", 1),
                ("c/world", "1 passed, 0 failed, 0 skipped", 0),
                ("c", "3 passed, 4 failed, 1 skipped", 1)):
            expect(name, run(root, name)[:2], (code, line))
        expect("a skip in CI", run(root, "c/requires", CI="true")[0], 1)
        expect("an unknown name", run(root, "nothing")[0], 1)
        expect("a hang", run(root, "base/hangs", WEIR_TEST_SLOW="0.02")[:2],
               (1, "0 passed, 1 failed, 0 skipped"))
        if os.environ.get("WEIR_TESTS_OFFLINE"):
            expect("offline", run(root, "c/offline", WEIR_TESTS_OFFLINE="1")[0], 0)
        expect("--update", run(root, "--update", "c/stdout", "c/exit", "c/stderr", "c/newline")[1],
               "4 passed, 0 failed, 0 skipped")
        expect("after --update", run(root, "c")[1], "7 passed, 0 failed, 1 skipped")
        with open(f"{root}/tests/cases/c/exit/exit") as file:
            expect("the exit code written", file.read(), "1\n")
        expect("no empty file", os.path.exists(f"{root}/tests/cases/c/exit/stdout"), False)
        expect("--list", run(root, "--list", "fuzz")[2], "fuzz/bad\nfuzz/good\n")


main()

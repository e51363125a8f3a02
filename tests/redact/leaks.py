#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""leaks.py WEIR CASE_DIR...: redacts each case's plan.json and looks for its secrets.

An independent reading of the output: every string (keys included) is decoded again and again, through
JSON escapes, percent escapes, hex and base64 at every alignment, and each of case.json's secrets
must be in none of them.  The structure must be the same, a second redaction must change nothing, and a
review must come to the same verdict.  Prints what is wrong; exits 1 if anything is.
"""

import base64
import html
import json
import os
import re
import subprocess
import sys
import urllib.parse


def decodings(text, depth=4):
    """The text and what it may stand for."""
    seen, todo = set(), [(text, depth)]
    while todo:
        text, left = todo.pop()
        if text in seen:
            continue
        seen.add(text)
        yield text
        if left == 0:
            continue
        if "\\" in text:
            plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
            plain = re.sub(r'\\(["\\/])', r"\1", plain).replace("\\n", "\n").replace("\\t", "\t")
            todo.append((plain, left - 1))
        if "%" in text:
            todo.append((urllib.parse.unquote(text, errors="replace"), left - 1))
            todo.append((urllib.parse.unquote_plus(text, errors="replace"), left - 1))
        for run in re.findall(r"(?:[0-9a-fA-F]{2}){8,}", text):
            todo.append((bytes.fromhex(run).decode("utf-8", "replace"), left - 1))
        for run in re.findall(r"[A-Za-z0-9+/_-]{8,}", text):
            run = run.replace("-", "+").replace("_", "/")
            for shift in range(4):
                piece = run[shift:]
                piece = piece[:len(piece) // 4 * 4]
                if len(piece) >= 8:
                    todo.append((base64.b64decode(piece).decode("latin-1"), left - 1))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside)


KEPT = {"address", "type", "actions", "mode", "name", "provider_name", "previous_address",
        "action_reason", "before_sensitive", "after_sensitive", "after_unknown", "sensitive_values"}


def differences(a, b, path=""):
    """Where structure, not values, differs."""
    if isinstance(a, dict) and isinstance(b, dict):
        b = {k: v for k, v in b.items() if not (path == "" and k == "weir_redacted")}
        if list(a) != list(b):
            yield path + ": other keys"
            return
        for key in a:
            if key in KEPT and a[key] != b[key] and re.match(r"/(resource_changes|resource_drift)/\d+$", path):
                yield "%s/%s: structure changed" % (path, key)
            yield from differences(a[key], b[key], path + "/" + key)
    elif isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            yield path + ": other length"
        for i, (x, y) in enumerate(zip(a, b)):
            yield from differences(x, y, "%s/%d" % (path, i))
    elif type(a) is not type(b) and not (isinstance(a, bool) and isinstance(b, str)):
        yield path + ": other type"


def run(weir, *args):
    return subprocess.run([weir, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def verdict(weir, path):
    done = run(weir, "--json", "review", "--trust-tree", path)
    if done.returncode > 2:
        done = run(weir, "review", "--json", "--trust-tree", path)
    return done.returncode


def formats(weir):
    """Every report format that weir knows, from its own help."""
    text = " ".join(run(weir, "review", "--help").stdout.decode().split())
    return re.search(r"print the report in this format: ([a-z|]+)", text)[1].split("|")


def check(weir, folder, scratch, names):
    plan = os.path.join(folder, "plan.json")
    with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
        secrets = json.load(file).get("secrets", [])
    first = run(weir, "redact", plan)
    if first.returncode:
        # What cannot be read gives no output at all.
        if first.returncode != 65 or first.stdout:
            yield "exit %d: %s" % (first.returncode, first.stderr.decode())
        return
    path = os.path.join(scratch, "plan.json")
    with open(path, "wb") as file:
        file.write(first.stdout)
    again = run(weir, "redact", path)
    if again.stdout != first.stdout:
        yield "not idempotent"
    safe = json.loads(first.stdout)
    for text in strings(safe):
        for decoded in decodings(text):
            for secret in secrets:
                if secret in decoded:
                    yield "leak of secret %d in %r" % (secrets.index(secret), text[:60])
    with open(plan, "rb") as file:
        raw = file.read()
    if raw[:1] == b"{":
        try:
            yield from differences(json.loads(raw), safe)
        except ValueError:
            pass
    if verdict(weir, plan) != verdict(weir, path):
        yield "verdict %d, redacted %d" % (verdict(weir, plan), verdict(weir, path))
    done = run(weir, "review", *(f"--out={name}:{scratch}/{name}" for name in names), plan)
    if done.returncode > 2:
        yield "exit %d: %s" % (done.returncode, done.stderr.decode())
        return
    for name in names:
        with open(os.path.join(scratch, name), encoding="utf-8") as file:
            report = file.read()
        # As a reader sees it, behind Markdown's, HTML's and XML's escapes.
        report += "\n" + html.unescape(re.sub(r"\\(?=[!-/:-@[-`{-~])|</?span>", "", report))
        for secret in secrets:
            for decoded in decodings(report, 2) if len(report) < 20000 else [report]:
                if secret in decoded:
                    yield "leak in %s" % name


def main():
    weir, bad = sys.argv[1], 0
    scratch = os.environ.get("TMPDIR", "/tmp")
    names = formats(weir)
    for folder in sys.argv[2:]:
        for problem in check(weir, folder, scratch, names):
            print("%s: %s" % (os.path.basename(folder), problem))
            bad += 1
    print("%d cases, %d problems" % (len(sys.argv) - 2, bad))
    sys.exit(bad > 0)


main()

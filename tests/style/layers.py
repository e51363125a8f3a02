# SPDX-License-Identifier: Apache-2.0
"""Includes run downward only (docs/architecture.md). The rows and the arrows are here, once."""

import re

from _source import bare, files, finish, read

# Lowest first. A folder includes itself and lower rows, nothing beside or above it...
ROWS = [
    {"base"},
    {"redact", "config", "hcl", "tool", "ledger", "catalog", "script"},
    {"plan", "construct", "project", "model"},
    {"gate", "report"},
    {"story", "run"},
    {"cmd", "mcp", "http"},
]
# ...but for these arrows.
ALLOWED = {
    ("report", "gate"),   # a report renders verdicts
    ("cmd", "mcp"), ("cmd", "http"),  # the doors that a command opens
    ("model", "plan"),    # a model's words are about plans
    ("redact", "plan"),   # it redacts plans: it must know where a plan keeps what
}
# An arrow upward must not become a circle.
FORBIDDEN = {("plan", "redact")}
# Outside libraries, known to so many .c files and to no header: tree-sitter to one for each grammar.
WRAPPED = {"yaml.h": 1, "pcre2.h": 1, "openssl/": 1, "tree_sitter/": 2, "sqlite3.h": 1}


def main():
    problems = []
    row = {folder: index for index, folders in enumerate(ROWS) for folder in folders}
    users = {}
    for name in files(r"^src/.*\.[ch]$"):
        folder = name.split("/")[1] if name.count("/") > 1 else "main"
        if folder != "main" and folder not in row:
            problems.append(f"{name}:1: src/{folder} stands in no row of tests/style/layers.py")
            continue
        for number, line in enumerate(bare(read(name), strings=False).splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)
            if not match:
                continue
            kind, target = match.groups()
            for library in WRAPPED:
                if target.startswith(library):
                    users.setdefault(library, {})[name] = number
            if kind == "<":
                continue
            if "/" not in target or ".." in target:
                problems.append(f'{name}:{number}: write "FOLDER/FILE.h", not "{target}"')
                continue
            other = target.split("/")[0]
            if folder in ("main", other) or (folder, other) in ALLOWED:
                continue
            if other not in row:
                problems.append(f"{name}:{number}: src/{other} stands in no row")
            elif row[other] >= row[folder] or (folder, other) in FORBIDDEN:
                problems.append(f"{name}:{number}: {folder} must not include {other}")
    for library, names in users.items():
        for name, number in names.items():
            if name.endswith(".h") or len(names) > WRAPPED[library]:
                problems.append(f"{name}:{number}: {library} belongs in {WRAPPED[library]} .c file(s): "
                                + ", ".join(sorted(names)))
    finish(problems)


main()

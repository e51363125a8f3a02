# SPDX-License-Identifier: Apache-2.0
"""How files open: every source names its licence in its first lines, and each .c file of src says
in a paragraph what it decides and why it stands apart."""

import re

from _source import files, finish, read


def main():
    problems = []
    for name in files(r"\.(c|h|py|sh|ts)$", r"^(Makefile|tests/(run|corpus|distcheck|arm64)|bench/run)$",
                      r"^tools/[^.]+$", r"^\.ci/run$"):
        if re.match(r"(tests/cases|fuzz/corpus|examples)/", name):
            continue
        text = read(name)
        if "SPDX-License-Identifier: Apache-2.0" not in "\n".join(text.splitlines()[:3]):
            problems.append(f"{name}:1: no SPDX-License-Identifier: Apache-2.0 in its first lines")
        if re.match(r"src/.*\.c$", name):
            comment = re.match(r"/\* SPDX[^\n]*\*/\s*/\*(.*?)\*/", text, re.S)
            if not comment or len(comment[1].split()) < 12:
                problems.append(f"{name}:2: no opening comment that says what this file decides")
    finish(problems)


main()

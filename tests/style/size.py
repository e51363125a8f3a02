# SPDX-License-Identifier: Apache-2.0
"""Functions fit a screen: 80 lines, 15 branches. A longer one says why in a comment above it
("Long because ...", "Branchy because ..."), a file over 700 lines in its opening comment."""

import re

from _source import bare, files, finish, read

LINES, BRANCHES, FILE_LINES = 80, 15, 700
# Labels that share one branch count once.
BRANCH = re.compile(r"\b(?:if|for|while)\b|(?:\bcase\b[^:;{}]*:\s*)+|\?")
REASON = re.compile(r"\b(?:Long|Branchy)\w*\b[^.]*\b(?:because|since)\b")


def functions(text):
    """(name, first line, last line, comment above) of each function of a formatted file."""
    lines, code = text.splitlines(), bare(text).splitlines()
    start = None
    for number, line in enumerate(code):
        if line == "{" and start is None:
            start = number - 1
            while start > 0 and code[start - 1].strip() and not re.search(r"[;}]\s*$",
                                                                         code[start - 1]):
                start -= 1
            head = " ".join(code[start:number])
            match = re.search(r"(\w+)\s*\(", re.sub(r"__attribute__\s*\(\(.*?\)\)", "", head))
            name = match[1] if match else "?"
            above, at = [], start - 1
            while at >= 0 and lines[at].strip() and not code[at].strip():
                above.insert(0, lines[at])
                at -= 1
            while not code[start].strip():  # the comment stood directly above
                start += 1
            body = number
        elif line.startswith("}") and start is not None:
            yield name, start, number, " ".join(above), "\n".join(code[body:number])
            start = None


def main():
    problems = []
    for name in files(r"^(src|fuzz|bench)/.*\.[ch]$"):
        text = read(name)
        count = text.count("\n")
        opening = text[:4000].split("#include")[0]
        if count > FILE_LINES and not REASON.search(opening):
            problems.append(f'{name}:{FILE_LINES}: {count} lines; split it, or say "Long because" '
                            "in the opening comment")
        for function, first, last, above, body in functions(text):
            length, branches = last - first + 1, len(BRANCH.findall(body))
            if length > LINES and not REASON.search(above):
                problems.append(f"{name}:{first + 1}: {function} is {length} lines long")
            if branches > BRANCHES and not REASON.search(above):
                problems.append(f"{name}:{first + 1}: {function} has {branches} branches")
    finish(problems)


main()

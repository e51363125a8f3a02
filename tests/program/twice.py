# SPDX-License-Identifier: Apache-2.0
"""What must stand in two places is the same in both: the defects of docs/constructs.md and of lib/cdktf/defects.ts; names of properties that are
not spelled as the attribute, and structures that bindings leave open, in the library and in src/catalog."""

import ast
import os
import re
import sys

SOURCE = os.environ["SOURCE"]
STRING = r'"(?:[^"\\]|\\.)*"'


def read(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


def part(path, begin, end):
    """The text of a file from one place to another, both of which it must have."""
    return re.search(re.escape(begin) + r"(.*?)" + re.escape(end), read(path), re.S)[1]


def plain(text):
    """A sentence without its marks and its first letter's size."""
    text = text.replace("`", "")
    return text[:1].lower() + text[1:]


def defects_of_library():
    rows = re.findall(rf"mendedIn: (\w+),\s+what:\s+({STRING}),\s+cure:\s+({STRING})", part("lib/cdktf/defects.ts", "const DEFECTS", "\n})"))
    mended = {"IN_BOTH": "cdktn, weir", "IN_WEIR": "weir"}
    return sorted((plain(ast.literal_eval(what)), plain(ast.literal_eval(cure)).split(";")[0], mended[where]) for where, what, cure in rows)


def defects_of_page():
    table = read("docs/constructs.md").split("## Defects of the originals")[1]
    rows = re.findall(r"^\| (.*?) \| (.*?) \| (.*?) \|$", table, re.M)[2:]
    return sorted((plain(what), plain(cure), where.replace("`", "")) for what, cure, where in rows)


def main():
    renamed = re.findall(r'STR_INIT\("(\w+)"\), STR_INIT\("(\w+)"\)', part("src/catalog/names.c", "renamed[] = {", "};"))
    opened = re.findall(r'STR_INIT\("([\w.]+)"\)', part("src/catalog/declare.c", "open[] = {", "};"))
    pairs = {
        "defects": (defects_of_library(), defects_of_page()),
        "renamed properties": (re.findall(r'(\w+): "(\w+)"', part("lib/provider/names.ts", "const RENAMED", "};")), renamed),
        "open structures": (re.findall(r'"([\w.]+)"', part("lib/provider/shape.ts", "const OPEN = ", ");")), opened),
    }
    problems = []
    for what, (one, other) in pairs.items():
        if not one or not other:
            problems.append(f"{what}: none is found")
        problems += [f"{what}: only in the library: {row}" for row in one if row not in other]
        problems += [f"{what}: only in the other place: {row}" for row in other if row not in one]
        print(f"{what}: {len(one)}")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()

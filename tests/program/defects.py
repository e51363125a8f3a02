# SPDX-License-Identifier: Apache-2.0
"""The table of defects in docs/constructs.md is that of lib/cdktf/defects.ts: what happens, the cure, and where it is mended."""

import ast
import os
import re
import sys

SOURCE = os.environ["SOURCE"]
STRING = r'"(?:[^"\\]|\\.)*"'


def read(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


def plain(text):
    """A sentence without its marks and its first letter's size."""
    text = text.replace("`", "")
    return text[:1].lower() + text[1:]


def of_library():
    table = re.search(r"const DEFECTS(.*?)\n}\)", read("lib/cdktf/defects.ts"), re.S)[1]
    rows = re.findall(rf"mendedIn: (\w+),\s+what:\s+({STRING}),\s+cure:\s+({STRING})", table)
    mended = {"IN_BOTH": "cdktn, weir", "IN_WEIR": "weir"}
    # A cure's second half says what the other modules do.
    return sorted((plain(ast.literal_eval(what)), plain(ast.literal_eval(cure)).split(";")[0], mended[where]) for where, what, cure in rows), \
        table.count("mendedIn")


def of_page():
    rows = re.findall(r"^\| (.*?) \| (.*?) \| (.*?) \|$", read("docs/constructs.md").split("## Defects of the originals")[1], re.M)
    return sorted((plain(what), plain(cure), where.replace("`", "")) for what, cure, where in rows[2:])


def main():
    (library, count), page = of_library(), of_page()
    problems = [f"only in the library: {row}" for row in library if row not in page]
    problems += [f"only on the page: {row}" for row in page if row not in library]
    if not library or len(library) != count or len(page) != len(library):
        problems.append(f"{count} in the library, of which {len(library)} are read; {len(page)} on the page")
    print("\n".join([f"{count} defects", *problems]))
    sys.exit(1 if problems else 0)


main()

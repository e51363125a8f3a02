# SPDX-License-Identifier: Apache-2.0
"""Nothing lies about unused: each source, test and fuzz target is in a meson.build, each fuzz
target has a corpus, and each folder of src has its page in docs/internals."""

import re

from _source import files, finish, read


def main():
    problems = []
    builds = {name: read(name) for name in files(r"meson\.build$")}
    for name in files(r"^(src|tests|bench)/.*\.c$"):
        if re.match(r"tests/cases/", name):
            continue
        short = name.rsplit("/", 1)[1]
        if not any(re.search(rf"'(?:[\w/.-]*/)?{re.escape(short)}'", text)
                   for text in builds.values()):
            problems.append(f"{name}:1: no meson.build lists it")
    for name in files(r"^fuzz/[^/]+\.c$"):
        target = name[len("fuzz/"):-len(".c")]
        if target == "replay":
            continue
        if f"'{target}'" not in builds["fuzz/meson.build"]:
            problems.append(f"{name}:1: fuzz/meson.build does not list it")
        if not files(rf"^fuzz/corpus/{re.escape(target)}/"):
            problems.append(f"{name}:1: fuzz/corpus/{target}/ holds no input")
    pages = set(files(r"^docs/internals/.*\.md$"))
    for folder in sorted({name.split("/")[1] for name in files(r"^src/[^/]+/.*\.c$")}):
        page = f"docs/internals/{folder}.md"
        if page not in pages:
            problems.append(f"src/{folder}: no page {page}")
        elif len(read(page).split()) < 80:
            problems.append(f"{page}:1: too short to tell what the folder decides, its idea and "
                            "its limits")
    finish(problems)


main()

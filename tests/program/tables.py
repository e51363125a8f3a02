# SPDX-License-Identifier: Apache-2.0
"""The digest of what is known of types: of the types, not of the files that say it."""

import os
import re
import subprocess
import sys

SOURCE = os.path.join(os.environ["SOURCE"], "data", "types")
TOOL = os.path.join(os.environ["BUILD"], "src", "gate", "type_table")


def digest(*paths):
    subprocess.run([TOOL, "table.c", *paths], check=True)
    with open("table.c", encoding="utf-8") as table:
        return re.search(r'type_digest\[\] = "([0-9a-f]{64})"', table.read())[1]


def changed(name, old, new):
    """A copy of a file with one place changed."""
    with open(os.path.join(SOURCE, name), encoding="utf-8") as file:
        text = file.read()
    assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
    with open("changed.yaml", "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))
    return "changed.yaml"


def main():
    os.chdir(os.environ["TMPDIR"])
    aws, utility = (os.path.join(SOURCE, name) for name in ("aws.yaml", "utility.yaml"))
    usual = digest(aws, utility)
    others = {
        "a type is gone": digest(aws, changed("utility.yaml", "  - terraform_data\n", "")),
        "a type has another name": digest(aws, changed("utility.yaml", "- terraform_data\n",
                                                       "- terraform_datum\n")),
        "another loss": digest(changed("aws.yaml", "loses: queued messages", "loses: messages"),
                               utility),
        "another condition": digest(changed("aws.yaml", '"close_on_deletion": [true]',
                                            '"close_on_deletion": [false]'), utility),
    }
    problems = [what for what, other in others.items() if other == usual]
    if len(set(others.values())) != len(others):
        problems.append("two different tables have one digest")
    if digest(utility, aws) != usual:
        problems.append("the order of files counts")
    if digest(aws, changed("utility.yaml", "version: 1", "# why\nversion: 1")) != usual:
        problems.append("a comment counts")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()

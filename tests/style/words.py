# SPDX-License-Identifier: Apache-2.0
"""Nothing in the tree points at the machine on which it was written: no absolute path of a
person's or a workplace's folders, and no host of a package registry. (Provider addresses, which
begin with a registry's name, stand in plans; plans and tests of plans may hold them.)"""

import re

from _source import files, finish, read

# Put together here, so that this file passes its own gate.
PATHS = re.compile(r"(?<![\w.$}>-])/(?:" + "|".join(["wo" "rk", "ro" "ot", "ho" "me/[a-z]{2,}"])
                   + r")(?:/|\b)")
HOSTS = re.compile("|".join(name.replace(".", r"\.") for name in (
    "registry.npm" "js", "npm" "js.org", "deb.deb" "ian.org", "proxy.gol" "ang", "py" "pi.org",
    "crat" "es.io", "releases.hashi" "corp")))
ADDRESSES = re.compile(r"registry\.(?:terra" r"form\.io|open" r"tofu\.org)")
PLANS = re.compile(r"^(tests/|fuzz/corpus/|examples/|data/|src/(plan|tool)/|docs/)")


def main():
    problems = []
    for name in files(r"."):
        if re.search(r"\.(png|jpg|gz|bin|tfplan)$", name) or name.startswith("fuzz/corpus/"):
            continue
        for number, line in enumerate(read(name).splitlines(), 1):
            for pattern in (PATHS, HOSTS) + (() if PLANS.match(name) else (ADDRESSES,)):
                match = pattern.search(line)
                if match:
                    problems.append(f"{name}:{number}: {match[0]}")
    finish(problems)


main()

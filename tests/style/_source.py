# SPDX-License-Identifier: Apache-2.0
"""What the style gates share: which files there are, C without its comments and strings, and how
a gate ends."""

import os
import re
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))


def files(*patterns):
    """Paths of the tree, relative to its root, that match one of the regular expressions."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True,
                          capture_output=True, check=False)
    if done.returncode == 0:
        names = done.stdout.splitlines()
    else:  # an unpacked archive
        names = [os.path.relpath(os.path.join(folder, name), ROOT)
                 for folder, _, entries in os.walk(ROOT) for name in entries]
        names = [name for name in names if not re.match(r"build|\.git/", name)]
    return sorted(name for name in set(names) if any(re.search(p, name) for p in patterns)
                  and os.path.isfile(os.path.join(ROOT, name)))


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


_HIDDEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def bare(text, strings=True):
    """The text with comments, and strings unless told, blanked out; lines and columns stay."""
    def blank(match):
        found = match[0]
        if found[0] in "\"'":
            if not strings:
                return found
            return found[0] + " " * (len(found) - 2) + found[0]
        return re.sub(r"[^\n]", " ", found)
    return _HIDDEN.sub(blank, text)


def finish(problems, advice=""):
    """Prints what is wrong, one line each as FILE:LINE: WHY, and ends the gate."""
    for problem in problems:
        print(problem)
    if problems and advice:
        print(advice)
    sys.exit(1 if problems else 0)

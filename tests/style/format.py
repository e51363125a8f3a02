# SPDX-License-Identifier: Apache-2.0
"""Every C file is as clang-format 14 leaves it (another version formats differently)."""

import shutil
import subprocess
import sys

from _source import ROOT, files, finish


def main():
    for program in ("clang-format-14", "clang-format"):
        if shutil.which(program):
            version = subprocess.run([program, "--version"], capture_output=True, text=True,
                                     check=True).stdout
            if " 14." in version:
                break
    else:
        print("needs clang-format 14")
        sys.exit(77)
    done = subprocess.run([program, "--dry-run", "-ferror-limit=1",
                           *files(r"^(src|tests|fuzz|bench)/.*\.[ch]$")],
                          cwd=ROOT, capture_output=True, text=True, check=False)
    wrong = sorted({line.split(": warning")[0] for line in done.stderr.splitlines()
                    if ": warning" in line or ": error" in line})
    named = {}
    for place in wrong:
        named.setdefault(place.split(":")[0], place)
    finish([f"{place}: not as {program} leaves it" for place in named.values()],
           f"{program} -i FILE puts it right")


main()

# SPDX-License-Identifier: Apache-2.0
"""Each header compiles by itself, also when included twice."""

import concurrent.futures
import os
import subprocess

from _source import ROOT, files, finish

FLAGS = ["-std=gnu17", "-Wall", "-Wextra", "-Wstrict-prototypes", "-Werror", "-fsyntax-only",
         '-DWEIR_VERSION="0"', "-Isrc", "-x", "c", "-"]


def problem(name):
    short = name[len("src/"):]
    done = subprocess.run([os.environ.get("CC", "cc"), *FLAGS], cwd=ROOT, text=True,
                          input=f'#include "{short}"\n#include "{short}"\n', capture_output=True,
                          check=False)
    return None if done.returncode == 0 else f"{name}:1: does not compile alone\n{done.stderr}"


def main():
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(problem, files(r"^src/.*\.h$")))
    finish([text for text in found if text])


main()

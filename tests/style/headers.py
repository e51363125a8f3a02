# SPDX-License-Identifier: Apache-2.0
"""Each header compiles by itself, also when included twice. What passed is remembered in the build
directory by the digest of all headers, since to start a compiler for each is dear."""

import concurrent.futures
import hashlib
import os
import shlex
import subprocess

from _source import ROOT, files, finish

FLAGS = ["-std=gnu17", "-Wall", "-Wextra", "-Wstrict-prototypes", "-Werror", "-fsyntax-only",
         '-DWEIR_VERSION="0"', "-Isrc", "-I" + os.path.join(os.environ["BUILD"], "deps"), "-x", "c", "-"]


CC = shlex.split(os.environ.get("CC", "cc"))


def problem(name):
    short = name[len("src/"):]
    done = subprocess.run([*CC, *FLAGS], cwd=ROOT, text=True,
                          input=f'#include "{short}"\n#include "{short}"\n', capture_output=True,
                          check=False)
    return None if done.returncode == 0 else f"{name}:1: does not compile alone\n{done.stderr}"


def digest(names):
    compiler = subprocess.run([*CC, "--version"], stdout=subprocess.PIPE, check=True).stdout
    whole = hashlib.sha256(repr((compiler, FLAGS)).encode())
    for name in names + ["tests/style/headers.py"]:
        with open(os.path.join(ROOT, name), "rb") as file:
            whole.update(f"{name}\n".encode() + hashlib.sha256(file.read()).digest())
    return whole.hexdigest()


def passed_before(stamp, key):
    try:
        with open(stamp, encoding="ascii") as file:
            return file.read() == key
    except FileNotFoundError:
        return False


def main():
    names = files(r"^src/.*\.h$")
    stamp, key = os.path.join(os.environ["BUILD"], "headers-alone"), digest(names)
    if passed_before(stamp, key):
        finish([])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = [text for text in pool.map(problem, names) if text]
    if not found:
        with open(stamp, "w", encoding="ascii") as file:
            file.write(key)
    finish(found)


main()

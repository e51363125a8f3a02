# SPDX-License-Identifier: Apache-2.0
"""Every command of README.md runs as it stands there: each line of its ```sh blocks, in order, in a
copy of the tree with weir on PATH.  What stands behind <!-- output of: COMMAND --> must be what the
command prints, to the letter.  A comment at a line's end that says "exit 1" is what its exit
code must be.  What builds and tests the whole project is run by make and CI themselves."""

import os
import re
import shutil
import subprocess
import sys

SOURCE, BUILD, ROOM = os.environ["SOURCE"], os.environ["BUILD"], os.environ["TMPDIR"]
ELSEWHERE = {"make", "make check", "make distcheck", "make bench"}


def commands():
    with open(f"{SOURCE}/README.md", encoding="utf-8") as file:
        text = file.read()
    for block in re.finditer(r"^```(?:sh|console|bash|shell)\n(.*?)^```", text, re.M | re.S):
        line = text[:block.start()].count("\n") + 2
        for command in block[1].replace("\\\n", " ").splitlines():
            joined = command.strip()
            if joined and not joined.startswith("#"):
                wanted = re.search(r"#.*\bexits? (?:code )?(\d+)", joined)
                yield line, joined, int(wanted[1]) if wanted else 0
            line += 1


def transcripts():
    with open(f"{SOURCE}/README.md", encoding="utf-8") as file:
        text = file.read()
    for shown in re.finditer(r"^<!-- output of: ([^\n]*) -->\n```\w*\n(.*?)^```$", text, re.M | re.S):
        yield text[:shown.start()].count("\n") + 1, shown[1], shown[2]


def copy_tree(to):
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=SOURCE, text=True,
                          capture_output=True, check=False)
    if done.returncode:
        shutil.copytree(SOURCE, to, symlinks=True, ignore=shutil.ignore_patterns("build*", ".git"))
        return
    for name in done.stdout.splitlines():
        if os.path.isfile(f"{SOURCE}/{name}"):
            os.makedirs(os.path.dirname(f"{to}/{name}"), exist_ok=True)
            shutil.copy2(f"{SOURCE}/{name}", f"{to}/{name}", follow_symlinks=False)
    # What tools/setup fetched belongs to no commit.
    if os.path.isdir(f"{SOURCE}/deps/node_modules"):
        os.symlink(f"{SOURCE}/deps/node_modules", f"{to}/deps/node_modules")


def main():
    tree = f"{ROOM}/weir"
    copy_tree(tree)
    count = failed = 0
    for line, command, wanted in commands():
        plain = command.split("#")[0].strip()
        if plain in ELSEWHERE or plain.startswith(("git clone", "cd weir", "sudo ")):
            continue
        if plain.startswith("make "):
            plain += f" BUILD={BUILD} DESTDIR={ROOM}/installed"
        count += 1
        done = subprocess.run(["sh", "-c", plain], cwd=tree, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        if done.returncode != wanted:
            failed += 1
            print(f"README.md:{line}: {command}\n  exit {done.returncode}, wanted {wanted}\n"
                  f"{done.stdout}{done.stderr}")
    for line, command, wanted in transcripts():
        count += 1
        done = subprocess.run(["sh", "-c", command], cwd=tree, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        if done.stdout != wanted:
            failed += 1
            print(f"README.md:{line}: {command} prints something else:\n{done.stdout}")
    if not count:
        print("README.md shows no command")
    sys.exit(1 if failed or not count else 0)


main()

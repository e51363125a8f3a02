# SPDX-License-Identifier: Apache-2.0
"""`make install` puts in place the program, a page for each command that help lists, and the
completions of three shells, below DESTDIR and nowhere else."""

import os
import re
import subprocess
import sys

BUILD, ROOM = os.environ["BUILD"], os.environ["TMPDIR"]


def main():
    target = f"{ROOM}/target"
    done = subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet"], text=True,
                          env={**os.environ, "DESTDIR": target}, capture_output=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr)
        sys.exit(1)
    found = {os.path.relpath(os.path.join(folder, name), target)
             for folder, _, names in os.walk(target) for name in names}
    names = {re.sub(r"^(?:.*/)?(?=bin/|share/)", "", path) for path in found}
    text = subprocess.run([f"{BUILD}/weir", "help"], capture_output=True, text=True,
                          check=True).stdout
    commands = re.findall(r"^  ([a-z]+(?: [a-z]+)?)  ", text.split("Options")[0], re.M)
    wanted = {"bin/weir", "share/man/man1/weir.1", "share/man/man5/weir.yaml.5",
              "share/bash-completion/completions/weir", "share/zsh/site-functions/_weir",
              "share/fish/vendor_completions.d/weir.fish"}
    wanted |= {f"share/man/man1/weir-{name.replace(' ', '-')}.1" for name in commands}
    if len(commands) < 3 or names != wanted:
        print("missing: " + " ".join(sorted(wanted - names)))
        print("surplus: " + " ".join(sorted(names - wanted)))
        sys.exit(1)


main()

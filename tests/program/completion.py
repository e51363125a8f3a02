# SPDX-License-Identifier: Apache-2.0
"""The completion scripts complete, in bash by calling what Tab calls, and in zsh and fish where they
are installed; the manual pages are roff without a warning, where groff is installed."""

import os
import shutil
import subprocess
import sys
import tempfile

WEIR = os.path.join(os.environ["BUILD"], "weir")
failed = []

BASH = r'''
source "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
_weir
printf '%s\n' "${COMPREPLY[@]}"
'''

# The words on the line, the last one being completed; "=" is a word of its own, as readline has it.
CASES = [
    (["weir", "vers"], ["version"]),
    (["weir", "-v", "expl"], ["explain"]),
    (["weir", "-C", "/", "expl"], ["explain"]),
    (["weir", "--format", "=", "json", "expl"], ["explain"]),
    (["weir", "config", ""], ["show"]),
    (["weir", "config", "show", "--or"], ["--origin"]),
    (["weir", "config", "--or"], []),
    (["weir", "version", "--format", ""], ["text", "json"]),
    (["weir", "version", "--format", "=", "j"], ["json"]),
    (["weir", "version", "--format", "="], ["text", "json"]),
    (["weir", "version", "--now", ""], []),
    (["weir", "version", ""], []),
    (["weir", "version", "-C", "/us"], ["/usr"]),
    (["weir", "man", ""], []),
]


def run(*command, text=None):
    result = subprocess.run(command, input=text, capture_output=True, text=True)
    if result.returncode or result.stderr:
        failed.append(f"{' '.join(command[:3])}: exit {result.returncode} {result.stderr.strip()}")
    return result.stdout


def check(what, found, wanted):
    if found != wanted:
        failed.append(f"{what}: {found}, not {wanted}")


def completions(folder):
    scripts = {}
    for shell in ("bash", "zsh", "fish"):
        scripts[shell] = os.path.join(folder, shell)
        with open(scripts[shell], "w") as out:
            out.write(run(WEIR, "completion", shell))
        if shutil.which(shell):
            run(shell, "-n", scripts[shell])
    for words, wanted in CASES:
        found = run("bash", "-c", BASH, "bash", scripts["bash"], *words).split()
        check("bash " + " ".join(words), found, wanted)
    if shutil.which("fish"):
        for line, wanted in (("weir expl", ["explain"]), ("weir config ", ["show"]),
                             ("weir config show --or", ["--origin"]),
                             ("weir version --format ", ["json", "text"])):
            found = run("fish", "--no-config", "-c", f"source {scripts['fish']}; complete -C '{line}'")
            check("fish " + line, [entry.split("\t")[0] for entry in found.splitlines()], wanted)


def manuals():
    pages = run(WEIR, "man", "--list").split()
    check("pages", pages[:2] + [page for page in pages if "config" in page],
          ["weir.1", "weir.yaml.5", "weir-config-show.1"])
    for page in pages:
        roff = run(WEIR, "man", page)
        check(page, roff.startswith(".TH "), True)
        if shutil.which("groff"):
            shown = run("groff", "-man", "-ww", "-Tascii", "-P-cbou", text=roff)
            check(page, "NAME" in shown, True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        completions(folder)
    manuals()
    print("\n".join(failed) if failed else "complete")
    sys.exit(1 if failed else 0)


main()

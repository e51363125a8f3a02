# SPDX-License-Identifier: Apache-2.0
"""What weir keeps of a program's files for later runs: where, for whom, and that nothing that lies there, and nothing that is not there, changes
what a program makes; but for what the user's own folder holds under the digest of the very text, which shows that it is used."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

WEIR = os.path.join(os.environ["BUILD"], "weir")
MAIN = """import { App, TerraformOutput, TerraformStack } from "cdktf";
import { name } from "./name";
import { other } from "./other.js";
const app = new App();
new TerraformOutput(new TerraformStack(app, "s"), "o", { value: name + other });
app.synth();
"""
FILES = {"main.ts": MAIN, "name.ts": 'export const name: string = "alpha";\n', "other.ts": 'export const other: string = "-one";\n'}
STACK = "out/stacks/s/cdk.tf.json"
problems = []


def expect(what, got, wanted):
    if got != wanted:
        problems.append(f"{what}: {got!r}, wanted {wanted!r}")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def synth(*arguments, **environment):
    """The value that the program makes, or what went wrong."""
    shutil.rmtree("out", ignore_errors=True)
    known = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME", "WEIR_CACHE")}
    done = subprocess.run([WEIR, "synth", "main.ts", "--out", "out", *arguments], capture_output=True, text=True, check=False,
                          env={**known, **environment}, timeout=60)
    if done.returncode or done.stderr:
        return done.returncode, done.stdout + done.stderr
    with open(STACK, encoding="utf-8") as file:
        return file.read().split('"value": "')[1].split('"')[0]


def kept(home):
    folder = os.path.join(home, ".cache/weir")
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))] if os.path.isdir(folder) else []


def fill(home):
    """Until all three files are kept: what was not ready when a run ended, the next one does."""
    for _ in range(50):
        expect("a run", synth(HOME=home), "alpha-one")
        if kept(home) and all(text in data(home) for text in (b"alpha", b"-one", b"app.synth")):
            return
    problems.append("the files are not kept")


def data(home):
    with open(kept(home)[0], "rb") as file:
        return file.read()


def put(home, body, whole=True):
    """In place of what is kept; as a whole, with the digest that it should have."""
    with open(kept(home)[0], "wb") as file:
        file.write(body[:-32] + hashlib.sha256(body[:-32]).digest() if whole else body)


def check_kept(home):
    fill(home)
    expect("files", len(kept(home)), 1)
    for path, mode in ((os.path.dirname(kept(home)[0]), 0o700), (kept(home)[0], 0o600)):
        expect(path, os.stat(path).st_mode & 0o777, mode)
    before = data(home)
    expect("again", (synth(HOME=home), data(home)), ("alpha-one", before))
    put(home, before.replace(b"alpha", b"gamma"))
    expect("what the user keeps is used", synth(HOME=home), "gamma-one")
    expect("--cache=off", synth("--cache=off", HOME=home), "alpha-one")
    expect("WEIR_CACHE=off", synth(HOME=home, WEIR_CACHE="off"), "alpha-one")
    write("name.ts", FILES["name.ts"] + "\n")
    expect("of another text", synth(HOME=home), "alpha-one")
    write("name.ts", FILES["name.ts"])
    put(home, before.replace(b"alpha", b"gamma"), whole=False)
    expect("without its digest", synth(HOME=home), "alpha-one")
    put(home, before[:8] + b"another build's" + before[23:].replace(b"alpha", b"gamma"))
    expect("another build's", synth(HOME=home), "alpha-one")
    for cut in (0, 1, 40, 72, len(before) - 1):
        put(home, before[:cut], whole=False)
        expect(f"its first {cut} bytes", synth(HOME=home), "alpha-one")
    for at in range(0, len(before) - 32, 7):
        put(home, before[:at] + b"\xff" + before[at + 1:], whole=False)
        expect(f"byte {at}", synth(HOME=home), "alpha-one")


def check_folders(home):
    """A home that gives nothing, or is not the user's."""
    folder = os.path.join(home, ".cache/weir")
    expect("no HOME", synth(), "alpha-one")
    expect("HOME is nowhere", synth(HOME="/nowhere/at/all"), "alpha-one")
    expect("HOME is a file", synth(HOME="/dev/null"), "alpha-one")
    expect("HOME is not absolute", (synth(HOME="."), os.path.exists(".cache")), ("alpha-one", False))
    fill(home)
    poisoned = data(home).replace(b"alpha", b"gamma")
    put(home, poisoned)
    expect("poisoned", synth(HOME=home), "gamma-one")
    os.chmod(folder, 0o770)
    expect("others may write", synth(HOME=home), "alpha-one")
    os.chmod(folder, 0o700)
    os.chmod(kept(home)[0], 0o620)
    expect("others may write the file", synth(HOME=home), "alpha-one")
    os.rename(folder, folder + "2")
    os.symlink(folder + "2", folder)
    expect("a link", synth(HOME=home), "alpha-one")
    os.remove(folder)
    expect("without the link", synth(HOME=home), "alpha-one")
    # A repository's own: no folder of it is a cache.
    for place in (".cache/weir", "weir", "cdktf.out", ".weir"):
        shutil.copytree(folder + "2", place)
        expect(place, synth(HOME=home, XDG_CACHE_HOME="."), "alpha-one")
        shutil.rmtree(place.split("/", maxsplit=1)[0])
    shutil.rmtree(os.path.join(home, ".cache"))
    os.chmod(home, 0o500)
    expect("HOME is read-only", synth(HOME=home), "alpha-one")
    os.chmod(home, 0o700)


def check_repository(home):
    """Nothing that a repository could bring, however it is named."""
    fill(home)
    put(home, data(home).replace(b"alpha", b"gamma"))
    here = os.getcwd()
    shutil.copytree(os.path.join(home, ".cache"), ".cache")
    expect("HOME is the program's folder", synth(HOME=here), "alpha-one")
    expect("XDG_CACHE_HOME is in it", synth(HOME=home, XDG_CACHE_HOME=os.path.join(here, ".cache")), "alpha-one")
    linked = os.path.join(home, "linked")
    os.symlink(os.path.join(here, ".cache"), linked)
    expect("a link into it", synth(HOME=home, XDG_CACHE_HOME=linked), "alpha-one")
    os.makedirs("../node_modules/package")
    os.rename(".cache", "../node_modules/package/.cache")
    expect("a package", synth(HOME=os.path.realpath("../node_modules/package")), "alpha-one")
    expect("none is made", (synth(HOME=here), os.path.exists(".cache")), ("alpha-one", False))
    expect("outside", synth(HOME=home), "gamma-one")
    os.mkdir("../.git")
    expect("beside the program's folder, in its repository", synth(HOME=home), "alpha-one")


def check_off(home):
    expect("--cache=off", (synth("--cache=off", HOME=home), kept(home)), ("alpha-one", []))
    expect("WEIR_CACHE=off", (synth(HOME=home, WEIR_CACHE="off"), kept(home)), ("alpha-one", []))
    expect("neither", synth("--cache=maybe", HOME=home)[0], 64)
    other = os.path.join(home, "other")
    os.mkdir(other)
    for _ in range(50):  # what was not ready when a run ended is not kept
        expect("XDG_CACHE_HOME", (synth(HOME=home, XDG_CACHE_HOME=other), kept(home)), ("alpha-one", []))
        if os.listdir(other):
            break
    expect("XDG_CACHE_HOME", os.listdir(other), ["weir"])


def check_one(home):
    """A program of one file is kept too, also where the worker and who strips it have one processor between them."""
    many = "".join(f"function f{i}(a: number): number {{ return (a as any) + {i}; }}\nf{i}({i} as number);\n" for i in range(1500))
    write("main.ts", MAIN.replace('import { name } from "./name";\nimport { other } from "./other.js";\n', many).replace("name + other", '"alone"'))
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    runs = 0
    while runs < 12 and not kept(home):
        expect("one file", synth(HOME=home), "alone")
        runs += 1
    os.sched_setaffinity(0, processors)
    expect("kept", len(kept(home)), 1)


def check_mistakes(home):
    """What is said of a mistake is the same with what is kept as without."""
    write("name.ts", 'import { App } from "cdktf";\nenum A { B = "x" }\nexport const name: string = (A.B as any as string) + new App().nothing.at;\n')
    before = synth("--cache=off", HOME=home)
    for _ in range(4):
        expect("a mistake", synth(HOME=home), before)
    expect("its line", "name.ts:3:" in before[1], True)
    write("name.ts", "export const name: = 1;\n")
    before = synth("--cache=off", HOME=home)
    for _ in range(2):
        expect("a syntax error", synth(HOME=home), before)
    write("name.ts", FILES["name.ts"])


def check_many(home):
    """Programs that run at the same time."""
    command = [WEIR, "synth", "main.ts", "--stdout"]
    for _ in range(3):
        shutil.rmtree(os.path.join(home, ".cache"), ignore_errors=True)
        processes = [subprocess.Popen(command, env={**os.environ, "HOME": home, "XDG_CACHE_HOME": ""}, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True) for _ in range(8)]
        texts = {process.communicate()[0] for process in processes}
        expect("at the same time", (len(texts), '"alpha-one"' in texts.pop()), (1, True))
    expect("and then", synth(HOME=home), "alpha-one")


def main():
    for check in (check_kept, check_folders, check_repository, check_off, check_one, check_mistakes, check_many):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "home"))
            os.mkdir(os.path.join(folder, "program"))
            os.chdir(os.path.join(folder, "program"))
            for name, text in FILES.items():
                write(name, text)
            check(os.path.join(folder, "home"))
            os.chdir("/")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()

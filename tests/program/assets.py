# SPDX-License-Identifier: Apache-2.0
"""Assets of a program: what is copied and packed, with hidden files, empty folders and permissions, and never from outside.

The archive is read by Python's zipfile; it must be the same bytes at any time and with any umask.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

WEIR = os.path.join(os.environ["BUILD"], "weir")
PROGRAM = """import { App, AssetType, TerraformAsset, TerraformStack } from "cdktf";
const app = new App();
const stack = new TerraformStack(app, "s");
new TerraformAsset(stack, "zip", { path: "code", type: AssetType.ARCHIVE, assetHash: "h" });
new TerraformAsset(stack, "dir", { path: "code", assetHash: "h" });
app.synth();
"""
ZIP = "cdktf.out/stacks/s/assets/zip/h/archive.zip"
FILES = {"index.js": b"exports.handler = 1;\n" * 400, ".env": b"A=1\n", "bootstrap": b"#!/bin/sh\n", "lib/util.js": b"", "b\u00e4r.txt": b"x"}
problems = []


def expect(what, got, wanted):
    if got != wanted:
        problems.append(f"{what}: {got!r}, wanted {wanted!r}")


def synth(folder, umask):
    return subprocess.run([WEIR, "synth", "main.ts", "--out", "cdktf.out"], cwd=folder, umask=umask, capture_output=True, text=True, check=False)


def lay(folder):
    for name, content in {**{f"code/{name}": content for name, content in FILES.items()}, "main.ts": PROGRAM.encode(), "cdktf.json": b"{}"}.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    os.makedirs(os.path.join(folder, "code/empty"))
    os.chmod(os.path.join(folder, "code/bootstrap"), 0o755)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def main():
    with tempfile.TemporaryDirectory() as folder:
        lay(folder)
        archive = os.path.join(folder, ZIP)
        done = synth(folder, 0o022)
        expect("exit", (done.returncode, done.stderr), (0, ""))
        with zipfile.ZipFile(archive) as opened:
            expect("sound", opened.testzip(), None)
            expect("entries", [entry.filename for entry in opened.infolist()],
                   [".env", "bootstrap", "b\u00e4r.txt", "empty/", "index.js", "lib/", "lib/util.js"])
            expect("contents", {name: opened.read(name) for name in FILES}, FILES)
            modes = {entry.filename: oct(entry.external_attr >> 16) for entry in opened.infolist()}
            expect("modes", [modes[name] for name in ("bootstrap", "index.js", "lib/")], ["0o100755", "0o100644", "0o40755"])
            expect("packed", opened.getinfo("index.js").compress_size < 200, True)
        first = digest(archive)
        copied = os.path.join(folder, "cdktf.out/stacks/s/assets/dir/h")
        for name, content in FILES.items():
            with open(os.path.join(copied, name), "rb") as file:
                expect(f"copy of {name}", file.read(), content)
        expect("copy may run", [os.access(os.path.join(copied, name), os.X_OK) for name in ("bootstrap", "index.js")], [True, False])
        shutil.rmtree(os.path.join(folder, "cdktf.out"))
        os.utime(os.path.join(folder, "code/index.js"), (0, 0))
        synth(folder, 0o077)
        expect("the same bytes", digest(archive), first)
        # What a link leads to outside is not taken along.
        os.symlink("/etc/hostname", os.path.join(folder, "code/link"))
        done = synth(folder, 0o022)
        expect("a link to the outside", done.returncode != 0 and "code/link" in done.stdout + done.stderr, True)
        # Nor is anything written where the program names a folder above its own.
        os.unlink(os.path.join(folder, "code/link"))
        with open(os.path.join(folder, "main.ts"), "w", encoding="utf-8") as file:
            file.write(PROGRAM.replace('"code"', '"/etc"'))
        done = synth(folder, 0o022)
        expect("a folder outside", done.returncode, 1)
        expect("is told at its line", done.stdout.split(": error")[0].rsplit(":", 1)[0], "main.ts:4")
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())

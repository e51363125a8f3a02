# SPDX-License-Identifier: Apache-2.0
"""weir synth --watch: again after a save, in place or by renaming, of the program, of what it imports and reads, and of cdktf.json;
once for a burst of saves, not for files that it never read; a mistake ends nothing, Ctrl-C does with 130."""

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time

WEIR = os.path.join(os.environ["BUILD"], "weir")
SECONDS = 20  # for what takes some milliseconds
PROGRAM = """import { readFileSync } from "node:fs";
import { name } from "./name";
import { App, TerraformOutput, TerraformStack } from "cdktf";
const app = new App();
new TerraformOutput(new TerraformStack(app, "s"), "name", { value: name + readFileSync("data.txt") + app.node.tryGetContext("x") });
app.synth();
"""
STACK = "cdktf.out/stacks/s/cdk.tf.json"
problems = []


def expect(what, got, wanted):
    if got != wanted:
        problems.append(f"{what}: {got!r}, wanted {wanted!r}")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def replace(path, text):
    """As editors do."""
    write(path + "~new", text)
    os.rename(path + "~new", path)


class Watching:
    """A weir that watches; its messages come by line."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([WEIR, "synth", "--watch", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stderr], daemon=True).start()

    def run(self, seconds=SECONDS):
        """What the next run says of itself at its end; nothing where there is none."""
        try:
            while True:
                line = self.lines.get(timeout=seconds)
                if "; watching" in line:
                    return line.split(";")[0]
        except queue.Empty:
            return None

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


    def waiting(self):
        """The processes that are ready for the next run: two, once they are there; that of the last run goes a moment later."""
        end = time.monotonic() + SECONDS
        time.sleep(0.1)
        while time.monotonic() < end:
            with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="utf-8") as file:
                children = file.read().split()
            if len(children) == 2:
                return {int(child) for child in children}
            time.sleep(0.005)
        return set()


def value():
    with open(STACK, encoding="utf-8") as file:
        return file.read().split('"value": "')[1].split('"')[0]


def check_saves():
    write("main.ts", PROGRAM)
    write("name.ts", 'export const name = "a";\n')
    write("data.txt", "1")
    write("cdktf.json", '{"app": "npx tsx main.ts", "context": {"x": "y"}}')
    watching = Watching()
    expect("first", (watching.run(), value()), ("weir: done", "a1y"))
    saves = {"an import": ("name.ts", 'export const name = "b";\n', "b1y"), "a file that is read": ("data.txt", "2", "b2y"),
             "cdktf.json": ("cdktf.json", '{"app": "main.ts", "context": {"x": "z"}}', "b2z"),
             "the program": ("main.ts", PROGRAM.replace("name +", '"p" + name +'), "pb2z")}
    before = watching.waiting()
    replace("data.txt", "1")
    expect("a save that changes nothing", (watching.run(), value()), ("weir: done", "a1y"))
    kept = before & watching.waiting()
    expect("of two that waited", len(kept), 1)
    os.kill(kept.pop(), signal.SIGKILL)
    slowest = 0
    for what, (path, text, wanted) in saves.items():
        for how in (replace, write):
            began = time.monotonic()
            how(path, text)
            expect(f"{what}, {how.__name__}", (watching.run(), value()), ("weir: done", wanted))
            slowest = max(slowest, time.monotonic() - began)
    print(f"slowest run after a save: {slowest * 1000:.0f} ms")
    write("other.ts", "unread")
    expect("a file that was not read", watching.run(0.3), None)
    for number in range(20):
        write("data.txt", str(number))
    expect("a burst", watching.run(), "weir: done")
    while watching.run(0.3):
        pass
    expect("behind a burst", value(), "pb19z")
    replace("name.ts", "export const nam = 1;\n")
    expect("a mistake", (watching.run(), value()), ("weir: nothing is written", "pb19z"))
    os.remove("name.ts")
    expect("a file that goes", watching.run(), "weir: nothing is written")
    write("cdktf.json", "{")
    expect("JSON that is cut", watching.run(), "weir: nothing is written")
    write("cdktf.json", '{"app": "main.ts"}')
    expect("JSON that is whole", watching.run(), "weir: nothing is written")
    write("name.ts", 'export const name = "c";\n')
    expect("and comes again", (watching.run(), value()), ("weir: done", "pc19undefined"))
    expect("Ctrl-C", watching.interrupt(), 130)


def check_output():
    watching = Watching("main.ts", "--stdout")
    expect("--stdout", watching.run(), "weir: done")
    expect("Ctrl-C", watching.interrupt(), 130)
    expect("what --stdout printed", watching.process.stdout.read().count('"pc19undefined"'), 1)
    done = subprocess.run([WEIR, "synth", "--watch", "none.ts"], capture_output=True, text=True, timeout=SECONDS, check=False)
    expect("no program", done.returncode, 65)
    write("forever.mjs", "import './name.ts';\nfor (;;) ;\n")
    watching = Watching("forever.mjs")
    time.sleep(0.5)
    began = time.monotonic()
    expect("Ctrl-C in a loop", (watching.interrupt(), time.monotonic() - began < 5), (130, True))


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        check_saves()
        check_output()
        os.chdir("/")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()

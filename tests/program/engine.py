# SPDX-License-Identifier: Apache-2.0
"""Only the process of a program has the JavaScript engine. `weir --version`, a review, a lookup and the parent of a synthesis reserve
nothing of its address space, take no signal for it and touch no page of the library's image. Each is looked at while it waits to write
its result into a pipe that is full; a program's own process, where all of that is otherwise, shows that this sees it."""

import os
import re
import subprocess
import sys
import tempfile
import time

WEIR = os.path.join(os.environ["BUILD"], "weir")
PLAN = os.path.join(os.environ["SOURCE"], "examples/dbmig/plan.json")
SECONDS = 60  # for what takes some milliseconds
MOST_KB = 1 << 20  # of address space; the engine alone reserves 8 GiB
PAGE = os.sysconf("SC_PAGE_SIZE")
AROUND = 1 << 16  # what the system maps with a page that is touched
problems = []


def expect(what, got, wanted):
    if got != wanted:
        problems.append(f"{what}: {got!r}, wanted {wanted!r}")


def image():
    """Where the image's section lies in the program: from, to."""
    text = subprocess.run(["readelf", "-SW", WEIR], capture_output=True, text=True, check=True).stdout
    address, size = re.search(r"\.weir_library +PROGBITS +([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+)", text).groups()
    return int(address, 16), int(address, 16) + int(size, 16)


def read(pid, name):
    with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:
        return file.read()


def field(text, name, base=10):
    return int(re.search(rf"^{name}:\s+(\w+)", text, re.M)[1], base)


def look(pid, section=image()):
    """What a process has of the engine: address space, the signal, pages of the image. What lies in the image's last pages
    comes with its neighbours."""
    status, maps = read(pid, "status"), read(pid, "maps")
    if not maps:
        return {"lives": False}
    start, end = (int(maps.split("-", 1)[0], 16) + place for place in section)
    with open(f"/proc/{pid}/pagemap", "rb") as file:
        file.seek(start // PAGE * 8)
        pages = file.read((end - AROUND - start) // PAGE * 8)
    return {"reserves": field(status, "VmPeak") > MOST_KB, "takes SIGSEGV": bool(field(status, "SigCgt", 16) & 1 << 10),
            "has the image": any(byte & 0x80 for byte in pages[7::8])}


def wait_for(condition):
    end = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > end:
            problems.append("waited in vain")
            return
        time.sleep(0.005)


def is_writing(pid):
    """Whether it waits in write() to its standard output; "running" has no second word."""
    words = read(pid, "syscall").split()
    return len(words) > 1 and words[1] == "0x1" and read(pid, "stat").split()[2] == "S"


def full_pipe():
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b" " * 4096)
    except BlockingIOError:
        os.set_blocking(writer, True)
    return reader, writer


def check_without(*arguments):
    reader, writer = full_pipe()
    with subprocess.Popen([WEIR, *arguments], stdout=writer, stderr=subprocess.DEVNULL) as process:
        os.close(writer)
        wait_for(lambda: is_writing(process.pid))
        expect(" ".join(arguments[:2]), [what for what, true in look(process.pid).items() if true], [])
        os.close(reader)


def check_synth():
    with open("main.mjs", "w", encoding="utf-8") as file:
        file.write("for (;;) ;\n")
    with subprocess.Popen([WEIR, "synth", "main.mjs"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        children = f"task/{process.pid}/children"
        # Beside it a second one strips the program's file for later runs, and ends.
        wait_for(lambda: read(process.pid, children))
        child = int(read(process.pid, children).split()[0])
        wait_for(lambda: all(look(child).values()))
        expect("the process of a program", [what for what, true in look(child).items() if not true], [])
        expect("its parent", [what for what, true in look(process.pid).items() if true], [])
        process.kill()


def main():
    if os.environ.get("WEIR_TEST_WRAP") or os.environ.get("WEIR_TEST_SLOW", "1") != "1":
        sys.exit(78)  # a sanitizer's or valgrind's address space is not weir's
    check_without("--version")
    check_without("review", PLAN)
    check_without("explain", "stateful-destroy")
    check_without("schema", "show", "aws_sqs_queue")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        check_synth()
        os.chdir("/")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()

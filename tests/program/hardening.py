# SPDX-License-Identifier: Apache-2.0
"""What the built program is: position independent, its relocations read-only before main() runs,
no executable stack, fortified, with a stack protector, and linked with nothing but libc, so that it
starts fast and runs on a bare machine.  Read from the ELF file, not from the flags."""

import os
import re
import shutil
import subprocess
import sys

WEIR = os.path.join(os.environ["BUILD"], "weir")


def readelf(*flags):
    return subprocess.run(["readelf", "-W", *flags, WEIR], capture_output=True, text=True,
                          check=True, env={**os.environ, "LC_ALL": "C"}).stdout


def main():
    if not shutil.which("readelf"):
        print("needs readelf")
        sys.exit(77)
    header, segments, dynamic, symbols = (readelf(flag) for flag in ("-h", "-l", "-d", "--dyn-syms"))
    if "__asan_init" in symbols or "__tsan_init" in symbols or "__ubsan" in symbols:
        sys.exit(78)  # a sanitizer's build is not what ships
    imports = set(re.findall(r" UND (\w+)", symbols))
    needed = sorted(re.findall(r"NEEDED.*\[(.*?)\]", dynamic))
    loads = re.findall(r"^  LOAD .* (\S\S?\S?|R E|RW |R  ) +0x\w+$", segments, re.M)
    checks = {
        "position independent (type DYN, flag PIE)":
            re.search(r"Type:\s+DYN", header) and re.search(r"FLAGS_1.*PIE", dynamic),
        "full RELRO (GNU_RELRO and NOW)":
            "GNU_RELRO" in segments and re.search(r"FLAGS_1.*NOW", dynamic),
        "a stack that is not executable": re.search(r"GNU_STACK\s.*\sRW\s", segments),
        "no segment both writable and executable":
            loads and not any("W" in load and "E" in load for load in loads),
        "no text relocations": "TEXTREL" not in dynamic,
        "no RPATH or RUNPATH": not re.search(r"R(UN)?PATH", dynamic),
        "a stack protector": "__stack_chk_fail" in imports,
        "fortified calls": any(name.endswith("_chk") for name in imports - {"__stack_chk_fail"}),
        "nothing but libc needed": needed == ["libc.so.6"],
    }
    failed = [name for name, holds in checks.items() if not holds]
    if failed:
        print("build/weir lacks: " + "; ".join(failed))
        print("NEEDED " + " ".join(needed))
        print("segments " + " | ".join(loads))
        print("fortified " + " ".join(sorted(i for i in imports if i.endswith("_chk"))))
        sys.exit(1)


main()

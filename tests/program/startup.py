# SPDX-License-Identifier: Apache-2.0
"""`weir --version` takes less than 2 ms, as the fastest of many starts: a gate on what the program
does before it is asked anything, not on how busy this machine is."""

import os
import sys
import time

LIMIT_MS = 2.0
WEIR = os.path.join(os.environ["BUILD"], "weir")


def start():
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begin = time.perf_counter()
    pid = os.posix_spawn(WEIR, [WEIR, "--version"], {}, file_actions=quiet)
    status = os.waitpid(pid, 0)[1]
    if status:
        print(f"weir --version: wait status {status}")
        sys.exit(1)
    return (time.perf_counter() - begin) * 1000


def main():
    if os.environ.get("WEIR_TEST_WRAP") or os.environ.get("WEIR_TEST_SLOW", "1") != "1":
        sys.exit(78)  # a sanitizer's or valgrind's start is not weir's
    times = sorted(start() for _ in range(300))
    print(f"fastest {times[0]:.2f} ms, median {times[len(times) // 2]:.2f} ms")
    sys.exit(0 if times[0] < LIMIT_MS else 1)


main()

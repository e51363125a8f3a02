# SPDX-License-Identifier: Apache-2.0
"""No output depends on threads (src/base/task.h): every case, and every plan of the cases and of the
reference data, with all tasks beside their caller and with none."""

import concurrent.futures
import glob
import os
import subprocess
import sys

SOURCE, BUILD = os.environ["SOURCE"], os.environ["BUILD"]
WEIR = os.path.join(BUILD, "weir")
POLICIES = ("never", "always")
COMMANDS = (["review", "--now", "2026-01-02T03:04:05Z"],
            ["review", "--now", "2026-01-02T03:04:05Z", "--format", "json"],
            ["redact"])


def plans():
    found = glob.glob(f"{SOURCE}/tests/**/*.json", recursive=True)
    found += glob.glob(f"{SOURCE}/fuzz/corpus/plan/*")
    if "SHARED" in os.environ:
        found += glob.glob(f"{os.environ['SHARED']}/corpus/**/*.json", recursive=True)
    return sorted(path for path in found if os.path.isfile(path))


def tell(command, paths, policy):
    done = subprocess.run([WEIR, *command, *paths], capture_output=True, check=False,
                          env={**os.environ, "WEIR_TASKS": policy})
    return done.returncode, done.stdout, done.stderr


def compare(paths):
    problems = []
    for command in COMMANDS:
        # The faster one changes from run to run.
        told = {tell(command, paths, policy) for policy in POLICIES + ("always",)}
        if len(told) != 1:
            problems.append(f"{' '.join(command)} {' '.join(paths)}: another output with tasks")
        code = min(told)[0]
        if code not in (0, 1, 2, 64, 65, 69):
            problems.append(f"{' '.join(command)} {' '.join(paths)}: exit {code}")
    return problems


def main():
    for policy in POLICIES:
        done = subprocess.run([sys.executable, f"{SOURCE}/tests/run", "--build", BUILD, "cases/*"],
                              env={**os.environ, "WEIR_TASKS": policy}, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(f"with WEIR_TASKS={policy}:\n{done.stdout}")
    found = plans()
    if len(found) < 50:
        sys.exit(f"only {len(found)} plans were found")
    # Each alone, and in threes: learning goes from plan to plan.
    jobs = [[path] for path in found] + [found[at:at + 3] for at in range(0, len(found) - 2, 3)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = [problem for some in pool.map(compare, jobs) for problem in some]
    if problems:
        sys.exit("\n".join(problems))


main()

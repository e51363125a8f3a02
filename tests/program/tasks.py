# SPDX-License-Identifier: Apache-2.0
"""No output depends on threads (src/base/task.h): the plans of the tests in reviews of several, and some of
them in redactions, with all tasks beside their caller and with none. With `tests/run --each`
(tests/distcheck) also every case, and each plan alone in each command, those of the reference data
too, and that again, since the faster thread changes from run to run."""

import concurrent.futures
import glob
import os
import subprocess
import sys

SOURCE, BUILD = os.environ["SOURCE"], os.environ["BUILD"]
WEIR = os.path.join(BUILD, "weir")
POLICIES = ("never", "always")
REVIEWS = (["review", "--now", "2026-01-02T03:04:05Z"],
           ["review", "--now", "2026-01-02T03:04:05Z", "--format", "json"])
REDACT = ["redact"]
COMMANDS = REVIEWS + (REDACT,)


def plans(each):
    found = glob.glob(f"{SOURCE}/tests/**/*plan*.json", recursive=True)
    if each:
        found += glob.glob(f"{SOURCE}/fuzz/corpus/plan/*")
        if "SHARED" in os.environ:
            found += glob.glob(f"{os.environ['SHARED']}/corpus/plans/**/plan.json", recursive=True)
            found += glob.glob(f"{os.environ['SHARED']}/corpus/public-plans/**/*.json", recursive=True)
    return sorted(path for path in found if os.path.isfile(path))


def tell(command, paths, policy):
    done = subprocess.run([WEIR, *command, *paths], capture_output=True, check=False,
                          env={**os.environ, "WEIR_TASKS": policy})
    return done.returncode, done.stdout, done.stderr


def compare(job):
    """The problems of one command: with all tasks and with none it tells the same."""
    command, paths, policies = job
    told = {tell(command, paths, policy) for policy in policies}
    what, code = f"{' '.join(command)} {' '.join(paths)}", min(told)[0]
    if len(paths) > 1 and code > 2:
        # One plan that cannot be read ends a whole review, and hides the others.
        return [problem for path in paths for problem in compare((command, [path], policies))]
    return [f"{what}: another output with tasks"] * (len(told) != 1) + \
        [f"{what}: exit {code}"] * (code not in (0, 1, 2, 64, 65, 69))


def jobs_of(found, each):
    """(command, plans, policies): `redact` takes one plan; learning goes from plan to plan of a review."""
    groups = [found[at:at + 3] for at in range(0, len(found) - 2, 3)]
    if not each:
        return [(REVIEWS[1], paths, POLICIES) for paths in groups] + \
            [(REDACT, [path], POLICIES) for path in found[::4]]
    return [(command, paths, POLICIES + ("always",)) for command in COMMANDS
            for paths in groups + [[path] for path in found]]


def main():
    each = "EACH" in os.environ
    for policy in POLICIES if each else ():
        done = subprocess.run([sys.executable, f"{SOURCE}/tests/run", "--build", BUILD, "cases/*"],
                              env={**os.environ, "WEIR_TASKS": policy}, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(f"with WEIR_TASKS={policy}:\n{done.stdout}")
    found = plans(each)
    if len(found) < 50:
        sys.exit(f"only {len(found)} plans were found")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = [problem for some in pool.map(compare, jobs_of(found, each)) for problem in some]
    if problems:
        sys.exit("\n".join(problems))


main()

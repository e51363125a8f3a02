# SPDX-License-Identifier: Apache-2.0
"""The built-in rules against plans of the real Terraform (tests/gate/plans/, made by tests/make-case).

Each folder's findings.txt, written by hand, says what `weir review` must find in its plan; all else
must stay quiet. Together they hold a finding of every rule for AWS that has no reason in
uncovered.txt not to have one; a rule that is there and in a plan as well fails too.
"""

import glob
import json
import os
import subprocess
import sys

CASES = os.path.join(os.environ["SOURCE"], "tests", "gate", "plans")
WEIR = os.path.join(os.environ["BUILD"], "weir")


def weir(*arguments):
    done = subprocess.run([WEIR, *arguments, "--format", "json"], text=True, capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=60, check=False)
    if done.returncode > 2:
        sys.exit(f"weir {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def lines(path):
    """The lines of a file, without empty ones and comments."""
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if line and not line.startswith("#")]


def line(finding):
    return " ".join([finding["rule"], finding["state"], finding["severity"],
                     finding["address"] or "-", finding["path"] or "-"])


def coverage(seen):
    """Problems of uncovered.txt against the rules that found something."""
    rules = [rule["rule"] for rule in weir("rules", "list") if rule["rule"].startswith("aws-")]
    excused = dict(entry.partition(": ")[::2] for entry in lines(os.path.join(CASES, "uncovered.txt")))
    if len(rules) < 200:
        yield f"weir rules list: {len(rules)} rules for AWS"
    for rule in rules:
        if rule in seen and rule in excused:
            yield f"uncovered.txt: {rule} has a plan: take its line out"
        if rule not in seen and not excused.get(rule):
            yield f"{rule}: no plan in tests/gate/plans shows it (CONTRIBUTING.md, How to add a case)"
    yield from (f"uncovered.txt: {rule}: no such rule" for rule in excused if rule not in rules)


def main():
    problems, seen = [], set()
    for plan in sorted(glob.glob(os.path.join(CASES, "*", "plan.json"))):
        folder = os.path.dirname(plan)
        expected = lines(os.path.join(folder, "findings.txt"))
        findings = weir("review", plan)["findings"]
        found = [line(finding) for finding in findings]
        name = os.path.basename(folder)
        problems += [f"{name}: not found: {one}" for one in sorted(set(expected) - set(found))]
        problems += [f"{name}: found too: {one}" for one in sorted(set(found) - set(expected))]
        if len(expected) != len(set(expected)):
            problems.append(f"{name}: findings.txt says something twice")
        seen |= {finding["rule"] for finding in findings if finding["state"] == "fail"}
    problems += coverage(seen)
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()

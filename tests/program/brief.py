# SPDX-License-Identifier: Apache-2.0
"""A brief keeps its budget, and every destroyed object and every finding stands in it: by itself
or in the number of a line that folds it."""

import json
import os
import re
import subprocess
import sys

BUILD, ROOM = os.environ["BUILD"], os.environ["TMPDIR"]
BUDGETS = (400, 450, 500, 700, 1000, 2000, 5000, 20000, 1000000)
# The fold of a group, of the rest of one, and of a whole kind of lines.
FOLD = re.compile(r"- (?:and )?(\d+) (?:more: |x )(.*)")


def make_plan(destroys, updates):
    """Destroyed buckets (findings) and topics, updates alike and not."""
    def entry(type_name, number, actions, before, after):
        return {"address": f'{type_name}.a["{number}"]', "mode": "managed", "type": type_name,
                "name": "a", "index": str(number), "provider_name":
                "registry.terraform.io/hashicorp/aws",
                "change": {"actions": actions, "before": before, "after": after,
                           "after_unknown": {}, "before_sensitive": {}, "after_sensitive": {}}}
    changes = [entry("aws_s3_bucket", n, ["delete"], {"bucket": f"b{n}"}, None)
               for n in range(destroys)]
    changes += [entry("aws_sns_topic", n, ["delete"], {"name": f"t{n}"}, None)
                for n in range(destroys)]
    changes += [entry("aws_sqs_queue", n, ["update"], {"delay_seconds": 1},
                      {"delay_seconds": 2 if n % 2 else n + 5}) for n in range(updates)]
    name = f"{ROOM}/plan-{destroys}-{updates}.json"
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"format_version": "1.2", "resource_changes": changes}, file)
    return name


def count(lines, title, heads):
    """Lines below a title, with what their folds stand for."""
    total, inside = 0, False
    for line in lines:
        if not line.startswith("- "):
            inside = line == title
        elif inside:
            fold = FOLD.match(line)
            total += int(fold[1]) if fold else 1
            if not fold and not line.startswith(heads):
                sys.exit(f"below {title} stands {line}")
    return total


def main():
    for destroys, updates in ((0, 0), (1, 1), (3, 40), (200, 10), (500, 300)):
        plan = make_plan(destroys, updates)
        for budget in BUDGETS:
            done = subprocess.run([f"{BUILD}/weir", "brief", plan, "--json", "--budget",
                                   str(budget)], text=True, capture_output=True, check=False)
            if done.returncode:
                sys.exit(done.stdout + done.stderr)
            answer = json.loads(done.stdout)
            lines = answer["brief"].splitlines()
            if answer["tokens"] > budget:
                sys.exit(f"{answer['tokens']} tokens of {budget}:\n{answer['brief']}")
            for title, heads, wanted in (
                    ("Destroyed or replaced:", "- delete ", 2 * destroys),
                    ("Findings:", "- ask ", destroys),
                    ("Other changes:", "- update ", updates)):
                told = count(lines, title, heads)
                if told != wanted:
                    sys.exit(f"{told} of {wanted} below {title} in {budget} tokens:\n"
                             + answer["brief"])
            folded = re.search(r"(\d+) lines stand", lines[-1])
            shown = sum(line.startswith("- ") and not FOLD.match(line) for line in lines)
            if shown + (int(folded[1]) if folded else 0) != 3 * destroys + updates:
                sys.exit(f"the last line is wrong: {answer['brief']}")
    print(f"{len(BUDGETS)} budgets")


main()

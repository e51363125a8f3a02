# SPDX-License-Identifier: Apache-2.0
"""What a provider says of configurations: `terraform validate -json`, many at a time, remembered.

Each configuration has a file of its own: Terraform reads the file again for each diagnostic's
snippet, so that in one file the cost would grow with the square of the types. Answers are kept in a
folder by the hash of the configuration: a run that was cut off goes on, and what is asked again
costs nothing.
"""

import json
import os
import sys
import time

from probes import LABEL

BATCH = 500
# No answer about a configuration: the provider died, or Terraform did not come to ask it.
DEAD = ("Plugin did not respond", "Failed to load plugin", "Request cancelled", "Provider error")


class Answers:
    """Diagnostics by the key of a configuration: lists of [line, summary, detail], errors only."""

    def __init__(self, folder, provider, version):
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(folder, f"{provider.replace('/', '-')}-{version}.jsonl")
        self.known = {}
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as file:
                for line in file:
                    if line.endswith("\n"):  # the last one may be cut
                        row = json.loads(line)
                        self.known[row["key"]] = row["said"]

    def add(self, answers):
        with open(self.path, "a", encoding="utf-8") as file:
            for key, said in answers.items():
                self.known[key] = said
                file.write(json.dumps({"key": key, "said": said}, ensure_ascii=False) + "\n")


def slim(diagnostic):
    return [diagnostic.get("range", {}).get("start", {}).get("line", 0), diagnostic["summary"],
            diagnostic.get("detail", "")]


def validate(terraform, probes):
    """Answers of one run; None when the provider died of it."""
    names = {f"probe{index}.tf": probe for index, probe in enumerate(probes)}
    for name, probe in names.items():
        terraform.write(name, probe.text.replace(f'"{LABEL}"', f'"{name[:-3]}"', 1))
    done = terraform.attempt("validate", "-json")
    for name in names:
        os.unlink(os.path.join(terraform.folder, name))
    try:
        diagnostics = json.loads(done.stdout)["diagnostics"]
    except (ValueError, KeyError):
        return None
    answers = {probe.key: [] for probe in probes}
    for diagnostic in diagnostics:
        if diagnostic["severity"] != "error":
            continue
        name = diagnostic.get("range", {}).get("filename")
        if name not in names or diagnostic["summary"].startswith(DEAD):
            return None
        answers[names[name].key].append(slim(diagnostic))
    return answers


def ask(terraform, probes):
    """The same, and what kills the provider is found by halves and has no answer."""
    answers = validate(terraform, probes)
    if answers is not None:
        return answers
    if len(probes) == 1:
        print(f"mine-facts: {probes[0].kind} {probes[0].type}, {probes[0].probe}: no answer", file=sys.stderr)
        return {probes[0].key: []}
    half = len(probes) // 2
    return {**ask(terraform, probes[:half]), **ask(terraform, probes[half:])}


def batches(probes):
    """At most BATCH of them together, fewer where they are long."""
    batch, size = [], 0
    for probe in probes:
        if batch and (len(batch) == BATCH or size + len(probe.lines) > 40000):
            yield batch
            batch, size = [], 0
        batch.append(probe)
        size += len(probe.lines)
    if batch:
        yield batch


def answer_all(terraform, answers, probes, title):
    """Asks what is not known yet."""
    missing = {probe.key: probe for probe in probes if probe.key not in answers.known}
    start, done = time.monotonic(), 0
    for batch in batches(list(missing.values())):
        answers.add(ask(terraform, batch))
        done += len(batch)
        print(f"mine-facts: {title}: {done} of {len(missing)}, {time.monotonic() - start:.0f} s",
              file=sys.stderr, flush=True)

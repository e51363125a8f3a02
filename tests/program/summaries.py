# SPDX-License-Identifier: Apache-2.0
"""weir verify over tests/model/summaries.yaml and, with `tests/run --each`, the labelled summaries of the
reference data: no false one passes, of the true ones at least nine in ten, and our own true ones never
block."""

import concurrent.futures
import glob
import json
import os
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as error:
    print(f"needs python3-jsonschema and python3-yaml: {error}")
    sys.exit(77)

SOURCE, BUILD, ROOM = os.environ["SOURCE"], os.environ["BUILD"], os.environ["TMPDIR"]
SHARED = os.environ.get("SHARED") if "EACH" in os.environ else None


def schema(name):
    with open(f"{SOURCE}/data/schema/{name}.schema.json", encoding="utf-8") as file:
        text = file.read()
    # Later versions may add members to what weir prints; this one prints what is described.
    return jsonschema.Draft202012Validator(
        json.loads(text.replace('"type": "object",', '"type": "object", "unevaluatedProperties": false,')
                   if name == "verify" else text))


ANSWER, CLAIMS = schema("verify"), schema("claims")


def verify(plan, file, claims=False):
    done = subprocess.run([f"{BUILD}/weir", "verify", "--json", "--plan", plan,
                           *(["--claims", file] if claims else [file])],
                          text=True, capture_output=True, check=False, timeout=60)
    if done.returncode not in (0, 1, 2):
        return done.returncode, [done.stdout + done.stderr]
    answer = json.loads(done.stdout)
    for error in ANSWER.iter_errors(answer):
        return -1, [f"not as the schema says: {error.message[:300]}"]
    if claims:
        with open(file, encoding="utf-8") as text:
            written = CLAIMS.is_valid(json.load(text))
        if not written and done.returncode == 0:
            return -1, ["the claims are not as the schema says, and pass"]
        if written and any(f["message"].endswith("published form") for f in answer["findings"]):
            return -1, ["the claims are as the schema says"]
    return done.returncode, [f"{f['rule']}: {f['message']}"
                             for f in answer["findings"]]


def own_cases():
    with open(f"{SOURCE}/tests/model/summaries.yaml", encoding="utf-8") as file:
        table = yaml.safe_load(file)
    entries = [("true", {"plan": name if name in ("quiet", "danger") else "mixed",
                         "text": text})
               for name, text in table["base"].items()]
    entries += [(label, entry) for label in ("true", "false") for entry in table[label]]
    for number, (label, entry) in enumerate(entries):
        text = entry.get("text")
        if text is None:
            old, new = entry["replace"]
            text = table["base"][entry["base"]]
            if old not in text:
                sys.exit(f"{entry}: not in its base")
            text = text.replace(old, new)
        name = f"{ROOM}/{number}.md"
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
        yield (label, f"{SOURCE}/tests/model/{entry['plan']}.plan.json", name, False,
               entry.get("flaw"), str(entry))


def shared_cases():
    for labels in sorted(glob.glob(f"{SHARED}/corpus/summaries/*/labels.json")) if SHARED else []:
        with open(labels, encoding="utf-8") as file:
            case = json.load(file)
        folder = os.path.dirname(labels)
        for kind in ("summaries", "claims"):
            for entry in case[kind]:
                name = os.path.join(folder, entry["file"])
                yield (entry["label"], os.path.join(folder, case["plan"]), name, kind == "claims",
                       None, "/".join(name.split("/")[-2:]))


def judge(cases, may_block):
    problems, counts = [], {"true": [0, 0], "false": [0, 0]}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda case: verify(*case[1:4]), cases))
    for (label, _, _, _, flaw, shown), (code, findings) in zip(cases, answers):
        counts[label][0] += 1
        counts[label][1] += code == 0
        bad = code not in (0, 1, 2) or (label == "false" and code == 0)
        bad = bad or (label == "true" and code == 1 and not may_block)
        if flaw and not any(finding.startswith(flaw + ":") for finding in findings):
            bad = True
        if bad or (label == "true" and code):
            text = f"{label} {shown}\n    exit {code}: " + "\n    ".join(findings or ["nothing"])
            print(("" if bad else "asks: ") + text)
            if bad:
                problems.append(text)
    print(f"true {counts['true'][1]} of {counts['true'][0]} pass, "
          f"false {counts['false'][1]} of {counts['false'][0]}")
    return bool(problems) or counts["true"][1] < 0.9 * counts["true"][0]


def main():
    own, shared = list(own_cases()), list(shared_cases())
    failed = judge(own, False)
    if shared:
        failed = judge(shared, True) or failed
    sys.exit(failed)


main()

# SPDX-License-Identifier: Apache-2.0
"""The schemas that weir publishes against weir itself.

What it prints must be valid: reports over every plan of the tests and, when asked, the
reference plans; and errors.  These schemas let later versions add members; here they are closed, so
that a member which is printed and not described fails too.  What it reads must get the same answer
from both: intents and configurations of the tests, and drafts.
"""

import collections
import copy
import glob
import json
import os
import re
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as error:
    print(f"needs python3-jsonschema and python3-yaml: {error}")
    sys.exit(77)

SOURCE = os.environ["SOURCE"]
WEIR = os.path.join(os.environ["BUILD"], "weir")
SHARED = os.environ.get("SHARED") if "EACH" in os.environ else None
NOW = ("--now", "2026-01-02T03:04:05Z")
# Members that a report may leave out, and must not leave out of all of these reports.
OPTIONAL = ["observe", "deposed", "previous_address", "importing", "action_reason", "replace_paths",
            "cause", "remedy", "offset"]
# Programs with mistakes.
PROGRAMS = ["places/main.ts", "exception/main.mjs", "quiet/main.mjs"]
# Command lines that fail, by the code of their error; the files are made by make_inputs().
ERRORS = {
    "usage": ["reveiw", "--json"],
    "file-missing": ["review", "none.json"],
    "file-unreadable": ["review", "folder"],
    "json-truncated": ["review", "cut.json"],
    "json-duplicate-key": ["review", "twice.json"],
    "plan-none": ["review", "state.json"],
    "plan-version": ["redact", "future.json"],
    "intent-key": ["intent", "check", "intent.yaml"],
    "config-key": ["--config", "bad.yaml", "config", "show"],
    "create": ["review", "--out", "json:none/report.json", "plan.json"],
}


class CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2's core schema: no dates, and only true and false are booleans."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in rows if not tag.endswith((":timestamp", ":bool"))]
        for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}


CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool",
                                 re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def make_inputs():
    os.mkdir("folder")
    plan = '{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[]}'
    for name, text in {
            "plan.json": plan,
            "cut.json": plan[:-1],
            "twice.json": plan[:-1] + ',\n"resource_changes":[]}',
            "state.json": '{"format_version":"1.0","values":{}}',
            "future.json": plan.replace("1.2", "9.0"),
            "intent.yaml": "version: 1\nkep: [a.b]\n",
            "bad.yaml": "\n fail_onn: ask\n"}.items():
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)


def weir(arguments, cwd="."):
    done = subprocess.run([WEIR, *arguments], cwd=cwd, text=True, capture_output=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=60)
    return done.returncode, done.stdout, done.stderr


def close(schema):
    """No members but the described ones."""
    if isinstance(schema, dict):
        if "properties" in schema:
            schema["additionalProperties"] = False
        for part in schema.values():
            close(part)
    elif isinstance(schema, list):
        for part in schema:
            close(part)


def validator(name, closed=True):
    with open(os.path.join(SOURCE, "data", "schema", name), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    if closed:
        close(schema)
    return jsonschema.Draft202012Validator(schema)


def members(value):
    """The names of all members, at any depth."""
    if isinstance(value, dict):
        yield from value
        for part in value.values():
            yield from members(part)
    elif isinstance(value, list):
        for part in value:
            yield from members(part)


class Checker:
    def __init__(self):
        self.review, self.error = validator("review.schema.json"), validator("error.schema.json")
        self.problems, self.seen = [], collections.Counter()
        self.report = None

    def problem(self, what, text):
        self.problems.append(f"{what}: {text}")

    def check(self, what, code, out, err):
        """A report or an error, as the exit code says. Returns it."""
        is_error = code >= 64
        if code not in (0, 1, 2) and not is_error:
            return self.problem(what, f"exit {code}: {err}")
        if is_error and err:
            self.problem(what, f"also printed on standard error: {err}")
        try:
            value = json.loads(out)
        except ValueError as error:
            return self.problem(what, f"exit {code}, not JSON: {error}: {out[:200]}")
        for error in (self.error if is_error else self.review).iter_errors(value):
            self.problem(what, f"{error.json_path}: {error.message[:300]}")
        if not is_error:
            self.report = value
            self.seen.update(set(members(value)))
        self.seen["errors" if is_error else "reports"] += 1
        return value


    def compare(self, schema, what, text, code, err):
        """What a person wrote: weir's answer and the schema's."""
        wrong = [error.message[:300] for error in schema.iter_errors(yaml.load(text, CoreLoader))]
        if code == 0 and wrong:
            self.problem(what, f"weir reads it, the schema does not: {wrong}")
        if re.search(r"\[(intent|config)-key\]$", err.strip()) and not wrong:
            self.problem(what, f"the schema reads it, weir does not: {err}")
        self.seen["written"] += 1


def check_written(checker):
    intents = validator("intent.schema.json", closed=False)
    configurations = validator("weir.schema.json", closed=False)
    for place in ("tests/cases", "examples"):
        for path in sorted(glob.glob(f"{SOURCE}/{place}/**/*.yaml", recursive=True)):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            is_config = not text.lstrip().startswith("version:")
            arguments = (["--config", path, "config", "show"] if is_config
                         else ["intent", "check", path])
            code, _, err = weir(arguments)
            checker.compare(configurations if is_config else intents, path, text, code, err)
    for path in reviews():
        code, draft, _ = weir(["intent", "init", path])
        if code == 0:
            checker.compare(intents, f"draft for {path}", draft, code, "")


def reviews():
    """Every JSON file of the tests as a plan: those that are none give errors."""
    places = [os.path.join(SOURCE, "tests"), os.path.join(SOURCE, "examples")]
    if SHARED:
        places += [os.path.join(SHARED, "corpus", name) for name in ("plans", "public-plans")]
    for place in places:
        for path in sorted(glob.glob(f"{place}/**/*.json", recursive=True)):
            if os.path.basename(path) != "case.json":
                yield path


def main():
    os.chdir(os.environ["TMPDIR"])
    make_inputs()
    checker = Checker()
    for path in reviews():
        folder, name = os.path.split(path)
        arguments = ["review", "--format", "json", "--trust-tree", *NOW, name]
        checker.check(path, *weir(arguments, folder))
    cases = os.path.join(SOURCE, "tests", "cases", "review")
    checker.check("--plans", *weir(["review", "--json", "--observe", *NOW, "--plans", cases]))

    for program in PROGRAMS:
        folder, name = os.path.split(os.path.join(SOURCE, "tests", "cases", "synth", program))
        checker.check(program, *weir(["synth", "--check", "--format", "json", *NOW, name], folder))

    for code, arguments in ERRORS.items():
        error = checker.check(code, *weir(["--format", "json", *arguments]))
        if error and error.get("error", {}).get("code") != code:
            checker.problem(code, f"got {error}")

    check_written(checker)

    for name in OPTIONAL if SHARED else []:
        if not checker.seen[name]:
            checker.problem(name, "in no report")
    # The validator itself: a report with one member more or less is none.
    for change in (lambda r: r.pop("verdict"), lambda r: r["summary"].update(more=1)):
        broken = copy.deepcopy(checker.report)
        change(broken)
        if checker.review.is_valid(broken):
            checker.problem("schema", "a broken report is valid")
    print("\n".join(checker.problems[:40]))
    print(f"{checker.seen['reports']} reports, {checker.seen['errors']} errors, "
          f"{checker.seen['written']} files that people write, {len(checker.problems)} problems")
    sys.exit(1 if checker.problems else 0)


main()

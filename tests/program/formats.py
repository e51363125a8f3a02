# SPDX-License-Identifier: Apache-2.0
"""What each report format promises to the program that reads it, over every plan of the tests and,
when asked, the reference plans; with --sarif-schema FILE (tests/distcheck) SARIF also against its
published schema.

Markdown: the marker and nothing hidden but it, each destroyed object above every fold, folds that
close, no more bytes than the limit. SARIF, JUnit, GitLab: the structure that the readers require.
GitHub: every line is one workflow command. And for all: hostile text changes no structure, the
order of a plan changes no id, a verdict is the same in every format."""

import difflib
import glob
import html
import json
import os
import re
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree

SOURCE = os.environ.get("SOURCE") or os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
WEIR = os.path.join(os.environ.get("BUILD") or os.path.join(SOURCE, "build"), "weir")
SHARED = os.environ.get("SHARED") if "EACH" in os.environ else None
MARKER = re.compile(r"<!-- weir:report:[0-9a-f]{16} -->\n")
NOW = "2026-01-02T03:04:05Z"
PROBLEMS = []


def problem(what, text):
    PROBLEMS.append(f"{what}: {text}")


def review(*arguments):
    done = subprocess.run([WEIR, "review", "--now", NOW, *arguments],
                          capture_output=True, check=False, timeout=60)
    return done.returncode, done.stdout.decode()


def read_markdown(text):
    """Markdown's text as a reader sees it."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"</?span>", "", text)))


def check_markdown(what, text, report):
    if not MARKER.match(text) or text.count("<!--") != 1:
        problem(what, "the marker is not the first and only comment")
    tags = re.findall(r"<[^!][^>]*>", text)
    if set(tags) - {"<details>", "<summary>", "</summary>", "</details>", "<span>", "</span>"}:
        problem(what, f"other elements: {sorted(set(tags))}")
    depth = 0
    for tag in tags:
        depth += {"<details>": 1, "</details>": -1}.get(tag, 0)
        if depth not in (0, 1):
            problem(what, "folds do not close")
    core = read_markdown(text.split("<details>")[0])
    for change in report["changes"]:
        address = change["address"]
        if re.fullmatch(r"[ -~]+", address) and \
                change["action"] in ("delete", "replace", "replace-cbd") and address not in core:
            problem(what, f"{address} is not above the folds")
    for finding in report["findings"]:
        if finding["verdict"] != "pass" and read_markdown(finding["rule"]) not in core:
            problem(what, f"{finding['rule']} is not above the folds")
    if report["verdict"].upper() not in core.splitlines()[1]:
        problem(what, "the verdict is not in the heading")


def check_sarif(what, text, report):
    log = json.loads(text)
    run = log["runs"][0]
    if log["version"] != "2.1.0" or "sarif-schema-2.1.0" not in log["$schema"] or len(log["runs"]) != 1:
        problem(what, "not a SARIF 2.1.0 log of one run")
    if run["columnKind"] != "unicodeCodePoints" or run["tool"]["driver"]["name"] != "weir":
        problem(what, "columnKind or tool")
    rules = run["tool"]["driver"]["rules"]
    if [rule["id"] for rule in rules] != sorted({rule["id"] for rule in rules}):
        problem(what, "rules are not each there once, sorted")
    for rule in rules:
        if not rule["help"]["text"] or not rule["shortDescription"]["text"] \
                or not rule["properties"]["kind"] \
                or rule["defaultConfiguration"]["level"] not in ("error", "warning", "note"):
            problem(what, f"rule {rule['id']}")
    levels = {"critical": "error", "high": "error", "medium": "warning"}
    if len(run["results"]) != len(report["findings"]):
        problem(what, "a finding is missing")
    for result, finding in zip(run["results"], report["findings"]):
        rule = rules[result["ruleIndex"]]
        if result["ruleId"] != rule["id"] or finding["rule"] != rule["id"]:
            problem(what, "ruleIndex")
        if result["level"] != levels.get(finding["severity"], "note") or not result["message"]["text"]:
            problem(what, f"level or message of {rule['id']}")
        if finding["fingerprint"] not in result["partialFingerprints"]["weirFinding/v1"]:
            problem(what, "fingerprint")
        if re.search(r"\]\(|\{\d+\}", result["message"]["text"]):
            problem(what, "a link or placeholder in a message")
        for location in result["locations"]:
            for logical in location.get("logicalLocations", ()):
                if logical["fullyQualifiedName"] != finding["address"]:
                    problem(what, "logical location")
            uri = location.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "x")
            if not re.fullmatch(r"[A-Za-z0-9%._~/:-]+", uri) or \
                    urllib.parse.urlparse(uri).scheme not in ("", "file"):
                problem(what, f"uri {uri}")
    ids = [result["partialFingerprints"]["weirFinding/v1"] for result in run["results"]]
    if len(set(ids)) != len(ids):
        problem(what, "two results have one fingerprint")


def check_junit(what, text, report):
    root = xml.etree.ElementTree.fromstring(text)
    if root.tag != "testsuites":
        problem(what, f"root {root.tag}")
    for suite in root:
        cases = suite.findall("testcase")
        kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
        if int(suite.get("tests")) != len(cases) or not cases:
            problem(what, f"{suite.get('tests')} tests said, {len(cases)} there")
        for attribute, tag in kinds.items():
            if int(suite.get(attribute)) != sum(case.find(tag) is not None for case in cases):
                problem(what, attribute)
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp")):
            problem(what, "timestamp")
        if any(not case.get("name") or not case.get("classname") or case.get("time") is None
               for case in cases):
            problem(what, "a test case without name, classname or time")
    failed = sum(finding["verdict"] != "pass" for finding in report["findings"])
    if int(root.get("failures")) != failed or \
            sum(int(suite.get("tests")) for suite in root) != int(root.get("tests")):
        problem(what, f"{root.get('failures')} failures, {failed} findings that do not pass")


def check_github(what, text, report):
    counts = {"error": 0, "warning": 0, "notice": 0}
    for line in text.split("\n")[:-1]:
        command = re.fullmatch(r"::(error|warning|notice) ((?:[a-z]+=[^:,\r\n]*,?)+)::([^\r\n]+)", line)
        if not command or re.search(r"%(?![0-9A-F]{2})", line):
            problem(what, f"no workflow command: {line[:100]}")
        else:
            counts[command[1]] += 1
    if max(counts.values()) > 10:
        problem(what, f"{counts}: GitHub shows ten of a level")
    level = {"block": "error", "ask": "warning", "pass": "notice"}[report["verdict"]]
    if not text.startswith(f"::{level} title=weir {report['verdict']}::"):
        problem(what, "the verdict does not come first")


def check_gitlab(what, text, report):
    issues = json.loads(text)
    if len(issues) != len(report["findings"]):
        problem(what, "a finding is missing")
    if len({issue["fingerprint"] for issue in issues}) != len(issues):
        problem(what, "two issues have one fingerprint")
    for issue in issues:
        if not issue["description"] or not issue["check_name"] or not issue["location"]["path"] or \
                issue["location"]["lines"]["begin"] < 1 or \
                issue["severity"] not in ("info", "minor", "major", "critical", "blocker"):
            problem(what, f"issue {issue}")


CHECKS = {"markdown": check_markdown, "sarif": check_sarif, "junit": check_junit,
          "github": check_github, "gitlab": check_gitlab}


def check_all(path, *arguments, name=None):
    """All formats of one review; returns their texts, or None where nothing was reviewed."""
    spare = os.environ["TMPDIR"]
    outs = [f"--out={form}:{spare}/{form}" for form in CHECKS]
    code, text = review("--format", "json", *outs, *arguments, path)
    if code >= 64:
        return None
    report, texts = json.loads(text), {}
    for form, check in CHECKS.items():
        with open(f"{spare}/{form}", encoding="utf-8", newline="") as file:
            texts[form] = file.read()
        try:
            check(f"{name or path}: {form}", texts[form], report)
        except (ValueError, KeyError, IndexError, xml.etree.ElementTree.ParseError) as error:
            problem(f"{name or path}: {form}", f"{type(error).__name__}: {error}")
    return texts


def check_programs():
    """The same of programs, in the formats that weir synth has. Returns the SARIF logs."""
    texts = {}
    for name in ("places/main.ts", "exception/main.mjs", "quiet/main.mjs"):
        folder, program = os.path.split(os.path.join(SOURCE, "tests", "cases", "synth", name))
        forms = {form: subprocess.run([WEIR, "synth", "--check", "--format", form, "--now", NOW, program], cwd=folder,
                                      capture_output=True, check=False, timeout=60).stdout.decode()
                 for form in ("json", "sarif", "github")}
        for form in ("sarif", "github"):
            CHECKS[form](f"{name}: {form}", forms[form], json.loads(forms["json"]))
        texts[name] = forms
    return texts


def plans():
    places = [os.path.join(SOURCE, "tests"), os.path.join(SOURCE, "examples")]
    places += [os.path.join(SHARED, "corpus", "plans")] if SHARED else []
    for place in places:
        for path in sorted(glob.glob(f"{place}/**/*plan*.json", recursive=True)):
            yield path


def shape(form, text):
    """The structure of a report, without its texts."""
    if form in ("sarif", "gitlab"):
        return re.sub(r'"(?:[^"\\]|\\.)*"|\d+', "", text)
    if form == "junit":
        return re.sub(r'"[^"]*"|>[^<]*<', "", text)
    return text.count("\n")


def check_hostile(reports):
    """Reports on plans that differ in their texts alone have one structure."""
    first = {}
    for path, texts in reports.items():
        if "/hostile/" not in path:
            continue
        for form, text in texts.items():
            if shape(form, text) != first.setdefault(form, shape(form, text)):
                problem(f"{path}: {form}", "hostile text changes the structure")


def change(address, kind, index, actions, module=None):
    entry = {"address": address, "mode": "managed", "type": kind, "name": "x", "index": index,
             "provider_name": "registry.terraform.io/hashicorp/aws",
             "change": {"actions": actions, "before": None, "after": None, "after_unknown": {}}}
    entry["change"]["after" if actions == ["create"] else "before"] = {"name": "x"}
    return {**entry, "module_address": module} if module else entry


def write_plan(name, changes):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {},
                   "resource_changes": changes}, file)


def check_order():
    """The order of a plan changes nothing but the places in it, and the placeholders of this run."""
    with open(os.path.join(SOURCE, "tests/report/rich/plan.json"), encoding="utf-8") as file:
        changes = json.load(file)["resource_changes"]
    found = []
    for order in (1, -1):
        write_plan("order.json", changes[::order])
        texts = check_all("order.json")
        texts = {form: re.sub(r'"(?:pointer|startLine|startColumn|begin|sha-256)": [^\n]*|line="?\d+'
                              r'|[0-9a-f]{64}|weir-redacted-[0-9a-f]{16}', "", text) for form, text in texts.items()}
        found.append(texts)
    for form in CHECKS:
        if found[0][form] != found[1][form]:
            problem(form, "depends on the order of the plan:\n" + "\n".join(
                difflib.unified_diff(*(texts[form].split("\n") for texts in found), lineterm="")))


def check_short():
    write_plan("creates.json", [change(f"aws_sns_topic.x[{i}]", "aws_sns_topic", i, ["create"])
                                for i in range(300)])
    text = check_all("creates.json")["markdown"]
    if len(text) > 1000 or "300 × aws\\_sns\\_topic" not in text.replace("aws_sns_topic", "aws\\_sns\\_topic"):
        problem("300 identical creates", f"{len(text)} bytes of Markdown")


def check_limits():
    """However much there is to say: within the limit, with exact counts, and never passed."""
    hostile = "@#<!-- weir:report:" + "`*_[" * 20
    for count, module in ((40, "module.m"), (900, "module.m"), (900, None)):
        write_plan("destroys.json", [
            change(f"{m}.aws_db_instance.x[{i}]", "aws_db_instance", i, ["delete"], m)
            for i in range(count) for m in [module or f'module.m["{hostile}{i}"]']])
        for limit, size in (("4096", 4096), ("8192", 8192), ("bitbucket", 32768), ("github", 65536),
                            ("azure", 150000), ("gitlab", 1000000)):
            what = f"{count} destroys in {limit}"
            code, text = review("--format", "markdown", "--limit", limit, "--out", "json:full.json",
                                "--fail-on", "ask", "destroys.json")
            with open("full.json", encoding="utf-8") as file:
                report = json.load(file)
            if len(text.encode()) > size:
                problem(what, f"{len(text.encode())} bytes")
            if not MARKER.match(text) or text.count("<!--") != 1:
                problem(what, "marker")
            truncated = any(f["rule"] == "report-truncated" for f in report["findings"])
            counts = [int(n) for n in re.findall(r"^- \*\*delete\*\* (\d+) ×", text, re.M)]
            if truncated and (sum(counts) != count or code not in (1, 2) or "full.json" not in text):
                problem(what, f"exit {code}, {counts} counted")
            if not truncated:
                check_markdown(what, text, report)
            if count == 40 and size >= 32768 and truncated or count == 900 and size <= 32768 and not truncated:
                problem(what, f"truncated: {truncated}")


def check_schema(reports, schema):
    import jsonschema
    with open(schema, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    for path, texts in reports.items():
        for error in validator.iter_errors(json.loads(texts["sarif"])):
            problem(f"{path}: sarif", f"{error.json_path}: {error.message[:200]}")
    print(f"{len(reports)} SARIF logs against the published schema")


def main():
    reports = {}
    os.chdir(os.environ["TMPDIR"])
    for path in plans():
        texts = check_all(path)
        if texts:
            reports[path] = texts
    check_hostile(reports)
    check_order()
    check_short()
    check_limits()
    programs = check_programs()
    if sys.argv[1:2] == ["--sarif-schema"]:
        check_schema({**reports, **programs}, sys.argv[2])
    print("\n".join(PROBLEMS[:40]))
    print(f"{len(reports)} reviews in {len(CHECKS)} formats, {len(PROBLEMS)} problems")
    sys.exit(1 if PROBLEMS or len(reports) < 40 else 0)


main()

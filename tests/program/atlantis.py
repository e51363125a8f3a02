# SPDX-License-Identifier: Apache-2.0
"""`weir atlantis` in the hands of Atlantis: a script that sets the variables which Atlantis documents,
runs the steps of a workflow as it does (sh -c, output and errors in one stream) and reads the
result as three generations of it do.

    2023    exit codes of every step are dropped; a policy check passes unless its output holds
            "fail" in any case
    2025    a step that ends with another code than 0 has no output and ends the workflow; the
            output is read as in 2023; a policy check without any output is an error
    2026    output is searched for a count of failures or a leading FAIL; no output at all passes
            where no policy set is configured
"""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

SOURCE, ROOM = os.environ["SOURCE"], os.environ["TMPDIR"]
CASES = f"{SOURCE}/tests/cases/review"
NOW = "--now 2026-11-24T00:00:00Z"
GUARD = " || { echo 'FAIL: weir ended early (1 failure)'; exit 1; }"
GENERATIONS = (2023, 2025, 2026)
failed = []


def expect(what, got, want):
    if got != want:
        failed.append(f"{what}: got {got!r}, wanted {want!r}")


def lowered(text):
    """As Go's strings.ToLower: a capital I with a dot becomes a plain i."""
    return text.replace("\u0130", "i").lower()


def holds(generation, output):
    """Whether a policy check with this output counts as not passed."""
    if generation < 2026:
        return "fail" in lowered(output)
    return bool(re.search(r'([1-9][0-9]* failure|failures": \[)', output)) \
        or output.strip().startswith("FAIL")


class Project:
    """A clone as Atlantis lays it: the base branch, and the head merged into it."""

    made = {}  # the clones made before, by what is in them: git is dear

    def __init__(self, plan, files=None, base_files=None, name="", rel="."):
        self.top = tempfile.mkdtemp(dir=ROOM)
        self.dir = os.path.normpath(os.path.join(self.top, rel))
        key = json.dumps([files, base_files, rel])
        if key in Project.made:
            shutil.copytree(Project.made[key], self.top, dirs_exist_ok=True)
        else:
            self.make(files, base_files)
            Project.made[key] = tempfile.mkdtemp(dir=ROOM)
            shutil.copytree(self.top, Project.made[key], dirs_exist_ok=True)
        self.plan = f"{self.dir}/{name + '-' if name else ''}default.tfplan"
        self.show = self.plan.replace(".tfplan", ".json")
        # The steps plan and show.
        with open(self.plan, "w", encoding="utf-8") as file:
            file.write("not a plan that terraform could show\n")
        if plan is not None:
            self.lay(plan)
        self.env = {
            **os.environ, "PLANFILE": self.plan, "SHOWFILE": self.show, "DIR": self.dir,
            "POLICYCHECKFILE": f"{self.dir}/policy.json", "WORKSPACE": "default",
            "BASE_BRANCH_NAME": "main", "BASE_REPO_NAME": "infra", "BASE_REPO_OWNER": "acme",
            "HEAD_BRANCH_NAME": "change", "HEAD_REPO_NAME": "infra", "HEAD_REPO_OWNER": "acme",
            "HEAD_COMMIT": self.git("rev-parse", "HEAD").strip(), "PROJECT_NAME": name,
            "PULL_NUM": "7", "PULL_URL": "https://forge.invalid/acme/infra/pull/7",
            "PULL_AUTHOR": "someone", "USER_NAME": "someone", "REPO_REL_DIR": rel,
            "COMMENT_ARGS": "", "ATLANTIS_TERRAFORM_VERSION": "9.9.9",
            "ATLANTIS_TERRAFORM_DISTRIBUTION": "terraform",
        }

    def make(self, files, base_files):
        os.makedirs(self.dir, exist_ok=True)
        self.git("init", "-q", "-b", "main", "--template=")
        self.write(base_files or {"main.tf": "\n"})
        self.commit()
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")
        self.git("checkout", "-q", "-b", "change")
        self.write({"change.tf": "\n", **(files or {})})
        self.commit()

    def lay(self, plan):
        text = plan if isinstance(plan, str) else json.dumps(plan)
        with open(self.show, "w", encoding="utf-8") as file:
            file.write(text)

    def git(self, *words):
        return subprocess.run(["git", *words], cwd=self.top, check=True, capture_output=True,
                              text=True).stdout

    def write(self, files):
        for name, text in files.items():
            with open(os.path.join(self.dir, name), "w", encoding="utf-8") as file:
                file.write(text)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def step(self, command, **extra):
        done = subprocess.run(["sh", "-c", command], cwd=self.dir, env={**self.env, **extra},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode("utf-8")


def step_passes(generation, project, code):
    """Whether a plan or apply goes on behind a step."""
    return (generation == 2023 or code == 0) and os.path.exists(project.plan)


def check_passes(generation, code, output, policy_sets):
    """Whether the policy check counts as passed."""
    if code and generation > 2023:
        return generation == 2026 and not policy_sets
    if not output:
        return generation < 2025
    return not holds(generation, output)


def case(name):
    with open(f"{CASES}/{name}/plan.json", encoding="utf-8") as file:
        plan = file.read()
    with open(f"{CASES}/{name}/intent.weir.yaml", encoding="utf-8") as file:
        return plan, {"intent.weir.yaml": file.read()}


def plan_of(*changes):
    return {"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": [
        {"address": address, "mode": "managed", "type": kind, "name": address.split(".")[1],
         "provider_name": "registry.terraform.io/hashicorp/aws",
         "change": {"actions": actions, "before": before, "after": after, "after_unknown": {},
                    "before_sensitive": {}, "after_sensitive": {}}}
        for address, kind, actions, before, after in changes]}


WORDS = ("db_failover", "FAIL", "Failed", "fAiL", "failures", "fa\u0130l", "FA\u0130L", "fafail",
         "failfail", "1 failure", 'failures": [')
HARMLESS = plan_of(*((f'aws_ssm_parameter.{word}["{word}"]', "aws_ssm_parameter", ["create"], None,
                      {"name": word, "description": f"0 {word}, {word}"}) for word in WORDS))
DESTROY = plan_of(("aws_db_instance.main", "aws_db_instance", ["delete"],
                   {"id": "main", "identifier": "main"}, None))
BLOCK = plan_of(("aws_instance.odd", "aws_instance", ["explode"], {"id": "a"}, {"id": "a"}))
ASK = plan_of(("aws_instance.failover", "aws_instance", ["update"], {"id": "a"}, {"id": "a"}))
ASK["checks"] = [{"address": {"kind": "check", "name": "failover", "to_display": "check.failover"},
                  "status": "fail", "instances": [{"address": {"to_display": "check.failover"},
                                                   "status": "fail",
                                                   "problems": [{"message": "no"}]}]}]
NOT_JSON = "{"


def verdicts():
    for what, plan, code in (("harmless", HARMLESS, 0), ("destroy", DESTROY, 2), ("block", BLOCK, 1),
                             ("ask", ASK, 2), ("not json", NOT_JSON, 65)):
        project = Project(plan)
        for guard in ("", GUARD):
            ended = project.step(f"weir atlantis --policy-check {NOW}{guard}")
            expect(f"{what}, exit code of a policy check", ended[0], 0)
            for generation, sets in itertools.product(GENERATIONS, (0, 1)):
                expect(f"{what}, {generation}, policy check with {sets} sets, guard '{guard}'",
                       check_passes(generation, *ended, sets), code == 0)
        if code != 65:
            quiet = project.step(f"weir atlantis --observe {NOW}")
            expect(f"{what}, observed", (quiet[0], "fail" in lowered(quiet[1])), (0, False))
        ended, output = project.step(f"weir atlantis --discard-plan {NOW}")
        expect(f"{what}, exit code of a step", ended, code)
        expect(f"{what}, the word", "fail" in lowered(output), code != 0)
        expect(f"{what}, the line", output.startswith("FAIL: "), code != 0)
        for generation in GENERATIONS:
            expect(f"{what}, {generation}, step", step_passes(generation, project, ended), code == 0)
    # Nothing is lost: each word is there, broken.
    output = Project(HARMLESS).step(f"weir atlantis -v {NOW}")[1]
    expect("broken, not dropped", "db_f\\u{61}ilover" in output, True)
    # What a mistyped repos.yaml does, in the generation that drops exit codes.
    for command in ("weir atlantis --policy-chek", "weir atlantis --fail-on=nothing",
                    f"no-such-weir atlantis{GUARD}"):
        expect(command, check_passes(2023, *Project(HARMLESS).step(command), 0), False)


def notices():
    """A line of weir.yaml that does not count is told, without the word."""
    project = Project(HARMLESS, files={"weir.yaml": "fail_on: never\n"})
    code, output = project.step(f"weir atlantis {NOW}", BASE_BRANCH_NAME="nowhere")
    expect("a notice", (code, "does not count" in output, "fail" in lowered(output)),
           (0, True, False))


def trust():
    """What loosens counts from the base alone, and the base is not the change itself."""
    loose = {"weir.yaml": "fail_on: never\n"}
    expect("loosened in the change", Project(DESTROY, files=loose).step(f"weir atlantis {NOW}")[0], 2)
    expect("loosened at the base",
           Project(DESTROY, base_files=loose).step(f"weir atlantis {NOW}")[0], 0)
    fork = Project(DESTROY, files=loose)
    fork.git("update-ref", "refs/remotes/origin/main", "HEAD")
    expect("a fork's own main", fork.step(f"weir atlantis {NOW}")[0], 2)


def which_plan():
    """$SHOWFILE counts only where it is newer than $PLANFILE."""
    stale = Project(HARMLESS)
    os.utime(stale.show, (1, 1))
    code, output = stale.step(f"weir atlantis {NOW}", PATH=os.environ["PATH"])
    expect("a stale $SHOWFILE", (code != 0, output.startswith("FAIL: ")), (True, True))
    shown = Project(None)
    with open(f"{ROOM}/terraform9.9.9", "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\necho \"$@\" >&2\ncat {shown.top}/real.json\n")
    os.chmod(f"{ROOM}/terraform9.9.9", 0o755)
    with open(f"{shown.top}/real.json", "w", encoding="utf-8") as file:
        json.dump(DESTROY, file)
    with open(shown.plan, "wb") as file:
        file.write(b"PK\x03\x04 a saved plan")
    shown.lay(HARMLESS)
    os.utime(shown.show, (1, 1))
    code, output = shown.step(f"weir atlantis {NOW}", PATH=f"{os.environ['PATH']}:{ROOM}")
    expect("the plan itself is shown by Atlantis' terraform", (code, "aws_db_instance.main" in output),
           (2, True))
    link = Project(None)
    with open(f"{link.top}/committed", "w", encoding="utf-8") as file:
        json.dump(HARMLESS, file)
    os.symlink("committed", link.show)
    expect("a link for $SHOWFILE", link.step(f"weir atlantis {NOW}")[0] != 0, True)
    gone = Project(HARMLESS)
    os.remove(gone.plan)
    code, output = gone.step(f"weir atlantis {NOW}")
    expect("no $PLANFILE", (code, output.startswith("FAIL: ")), (64, True))
    kept = Project(HARMLESS)
    kept.step(f"weir atlantis --discard-plan {NOW}")
    expect("a plan that passes is kept", os.path.exists(kept.plan), True)


def projects():
    """A project in a folder with an intent of its own, in the database move's first phase."""
    plan, intent = case("dbmig-1-restore-beside")
    project = Project(plan, base_files=intent, name="db", rel="live/db")
    code, output = project.step(f"weir atlantis {NOW}")
    expect("an intent beside the project", (code, output.split()[0]), (0, "PASS"))
    plan, intent = case("dbmig-1-bad-moves-old")
    project = Project(plan, base_files=intent, name="db", rel="live/db")
    expect("and what it does not allow", project.step(f"weir atlantis {NOW}")[0], 1)


def examples():
    """The commands of examples/ci/atlantis are the ones that are tried here."""
    for file, workflow, wanted in (("repos.yaml", "plan", 1), ("repos.yaml", "apply", 1),
                                   ("repos-policy.yaml", "policy_check", 0)):
        with open(f"{SOURCE}/examples/ci/atlantis/{file}", encoding="utf-8") as text:
            steps = yaml.safe_load(text)["workflows"]["weir"][workflow]["steps"]
        commands = [step["run"] for step in steps if isinstance(step, dict)]
        expect(f"{file}, {workflow}: one command behind show",
               (len(commands), "show" in steps), (1, True))
        for plan, passes in ((HARMLESS, True), (ASK, False), (NOT_JSON, False)):
            project = Project(plan)
            code, output = project.step(commands[0])
            expect(f"{file}, {workflow}: exit code", code, 0 if passes else wanted)
            for generation in GENERATIONS:
                expect(f"{file}, {workflow}, {generation}",
                       step_passes(generation, project, code) if wanted
                       else check_passes(generation, code, output, 1), passes)
            missing = Project(plan)
            code, output = missing.step(commands[0].replace("weir ", "no-such-weir "))
            expect(f"{file}, {workflow}: without weir",
                   (code, "1 failure" in output), (wanted, True))


def hooks():
    """A workflow hook: no $PLANFILE; the status goes to a file."""
    project = Project(DESTROY)
    status = f"{project.top}/OUTPUT_STATUS_FILE"
    for name in ("PLANFILE", "SHOWFILE", "WORKSPACE", "REPO_REL_DIR"):
        del project.env[name]
    code, _ = project.step(f"weir atlantis {project.show} {NOW}", OUTPUT_STATUS_FILE=status,
                           COMMAND_NAME="plan", COMMAND_HAS_ERRORS="false")
    with open(status, encoding="utf-8") as file:
        expect("the status", (code, file.read()),
               (2, "weir: ask: 0 to add, 0 to change, 1 to destroy\n"))
    expect("no plan named", project.step(f"weir atlantis {NOW}")[0], 64)


def main():
    if not shutil.which("git"):
        print("needs git")
        sys.exit(77)
    verdicts()
    notices()
    trust()
    which_plan()
    projects()
    hooks()
    examples()
    print("\n".join(failed) if failed else "Atlantis agrees with weir")
    sys.exit(1 if failed else 0)


main()

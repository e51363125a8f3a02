# SPDX-License-Identifier: Apache-2.0
"""The pipelines of examples/ci, each run step by step by a small interpreter of its format, with a
terraform and a curl that answer from files.  A plan that passes must pass, one that does not must
fail the job, and either way one comment is sent.  (Atlantis has a test of its own.)"""

import hashlib
import hmac
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import yaml

from comment import loopback_up

SOURCE, ROOM = os.environ["SOURCE"], os.environ["TMPDIR"]
EXAMPLES = f"{SOURCE}/examples/ci"
failed = []
PLANS = {"pass": [], "fail": [{
    "address": "aws_db_instance.a", "mode": "managed", "type": "aws_db_instance", "name": "a",
    "provider_name": "registry.terraform.io/hashicorp/aws",
    "change": {"actions": ["delete"], "before": {"id": "a"}, "after": None, "after_unknown": {},
               "before_sensitive": {}, "after_sensitive": False}}]}
TERRAFORM = '#!/bin/sh\ncase $1 in show) cat "$PLAN" ;; plan) touch tfplan ;; init) ;; *) exit 9 ;; esac\n'
CURL = r'''#!/bin/sh
config=$(cat "$3")
case $config in
*/user\"*) body='{"login":"me","username":"me"}' status=200 ;;
*'request = "GET"'*) body='[]' status=200 ;;
*) echo made >>"$MADE"; body='{"id":1}' status=201 ;;
esac
printf 'HTTP/2 200\r\n\r\n%s\n%s 14' "$body" "$status"
'''


def expect(what, got, want):
    if got != want:
        failed.append(f"{what}: got {got!r}, wanted {want!r}")


def plan_text(name):
    return json.dumps({"format_version": "1.2", "terraform_version": "1.9.0",
                       "resource_changes": PLANS[name]})


class Job:
    def __init__(self, plan, **variables):
        self.dir = tempfile.mkdtemp(dir=ROOM)
        self.made = f"{self.dir}/.made"
        # weir hands curl no variable of ours, so the file's name is written into it.
        for name, text in (("terraform", TERRAFORM), ("curl", CURL.replace("$MADE", self.made))):
            path = f"{self.dir}/.tools/{name}"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(path, 0o755)
        with open(f"{self.dir}/.plan", "w", encoding="utf-8") as file:
            file.write(plan_text(plan))
        self.env = {"PATH": f"{self.dir}/.tools:{os.environ['PATH']}", "HOME": os.environ["HOME"],
                    "PLAN": f"{self.dir}/.plan", **variables}

    def run(self, command, **more):
        return subprocess.run(["bash", "-e", "-c", command], cwd=self.dir, env={**self.env, **more},
                              capture_output=True, check=False).returncode

    def comments(self):
        return len(open(self.made, encoding="utf-8").readlines()) if os.path.exists(self.made) else 0


def load(path):
    with open(f"{EXAMPLES}/{path}", encoding="utf-8") as file:
        return file.read()


def github(plan, observe):
    """Steps in order; after a failure only those whose `if` says always()."""
    work = yaml.safe_load(load("github/weir.yml"))["jobs"]["review"]
    job = Job(plan, GITHUB_REPOSITORY="acme/infra", GITHUB_REF="refs/pull/7/merge",
              **(work["env"] if observe else {}))
    good = True
    for step in work["steps"]:
        condition = step.get("if", "")
        if "run" not in step or (not good and "always()" not in condition):
            continue
        for name in re.findall(r"hashFiles\('(.*?)'\)", condition):
            if not os.path.exists(f"{job.dir}/{name}"):
                break
        else:
            env = {name: value.replace("${{ github.token }}", "token")
                   for name, value in step.get("env", {}).items()}
            good = job.run(step["run"], **env) == 0 and good
    return good, job.comments()


def gitlab(plan, observe):
    """`script` until a line fails, then `after_script` in any case."""
    work = yaml.safe_load(load("gitlab/weir.gitlab-ci.yml"))["weir"]
    job = Job(plan, CI_PROJECT_ID="5", CI_MERGE_REQUEST_IID="7", GITLAB_TOKEN="token")
    job.env.update({name: value for name, value in work["variables"].items()
                    if observe or name != "WEIR_OBSERVE"})
    good = all(job.run(line) == 0 for line in work["script"])
    for line in work["after_script"]:
        expect("gitlab, after_script", job.run(line), 0)
    return good, job.comments()


def jenkins(plan, observe):
    """The sh steps of the stages in order until one fails, then those of post."""
    text = re.sub(r"(?<!:)//.*", "", load("jenkins/Jenkinsfile"))
    stages, post = text.split("post {")
    job = Job(plan, CHANGE_ID="7", GITHUB_TOKEN="token")
    for name, value in re.findall(r"^\s+([A-Z_]+) = '(.*?)'", stages, re.M):
        if observe or name != "WEIR_OBSERVE":
            job.env[name] = value
    good = all(job.run(line) == 0 for line in re.findall(r"\bsh '(.*?)'\n", stages))
    for line in re.findall(r"\bsh '(.*?)'\n", post):
        expect("jenkins, post", job.run(line), 0)
    return good, job.comments()


class Platform(http.server.BaseHTTPRequestHandler):
    """HCP Terraform's side of a run task."""
    plan, results = "", []

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.plan.encode())

    def do_PATCH(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.results.append((self.headers["Authorization"], body["data"]["attributes"]["status"]))
        self.send_response(200)
        self.end_headers()


def hcp():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    body = json.dumps({"access_token": "short-lived", "plan_json_api_url": f"{base}/plan",
                       "task_result_callback_url": f"{base}/result"}).encode()
    signature = hmac.new(b"key", body, hashlib.sha512).hexdigest()
    for plan, given, code in (("pass", signature, 0), ("fail", signature, 0), ("pass", "00", 1)):
        Platform.plan = plan_text(plan)
        done = subprocess.run([sys.executable, f"{EXAMPLES}/hcp-run-task/handle.py"], input=body,
                              env={**os.environ, "HMAC_KEY": "key", "SIGNATURE": given},
                              capture_output=True, check=False)
        expect(f"hcp, {plan}", done.returncode, code)
    Platform.plan = "{"
    subprocess.run([sys.executable, f"{EXAMPLES}/hcp-run-task/handle.py"], input=body, check=False,
                   env={**os.environ, "HMAC_KEY": "key", "SIGNATURE": signature}, capture_output=True)
    expect("hcp, results", Platform.results, [("Bearer short-lived", "passed"),
                                              ("Bearer short-lived", "failed"),
                                              ("Bearer short-lived", "failed")])
    server.shutdown()


def main():
    if not shutil.which("bash"):
        print("needs bash")
        sys.exit(77)
    loopback_up()
    for run in (github, gitlab, jenkins):
        expect(f"{run.__name__}, pass", run("pass", False), (True, 1))
        expect(f"{run.__name__}, fail", run("fail", False), (False, 1))
        expect(f"{run.__name__}, observed", run("fail", True), (True, 1))
    hcp()
    print("\n".join(failed) if failed else "every example does what it says")
    sys.exit(1 if failed else 0)


main()

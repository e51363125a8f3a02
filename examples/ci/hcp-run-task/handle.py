#!/usr/bin/env python3
"""A run task of HCP Terraform (post-plan): reads one request's body on standard input, as any web
server's CGI or webhook gives it, reviews the plan, and calls back with passed or failed.

    HMAC_KEY    the run task's key; the request's header X-TFC-Task-Signature is in $SIGNATURE

Set the task's enforcement level to mandatory: advisory lets a blocked plan be applied."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
import urllib.request


def ask(url, token, data=None):
    request = urllib.request.Request(url, data=data, method="PATCH" if data else "GET", headers={
        "Authorization": f"Bearer {token}", "Content-Type": "application/vnd.api+json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def main():
    body = sys.stdin.buffer.read()
    wanted = hmac.new(os.environ["HMAC_KEY"].encode(), body, hashlib.sha512).hexdigest()
    if not hmac.compare_digest(wanted, os.environ.get("SIGNATURE", "")):
        sys.exit("the signature is not HCP Terraform's")
    task = json.loads(body)
    if task["access_token"] == "test-token":  # sent once, when the task is set up
        return
    plan = ask(task["plan_json_api_url"], task["access_token"])
    # Only an exit code of 0 passes: 1 and 2 are verdicts, everything else is an error.
    done = subprocess.run(["weir", "review", "-"], input=plan, capture_output=True, check=False)
    lines = (done.stdout or done.stderr).decode("utf-8", "replace").splitlines()
    result = {"data": {"type": "task-results", "attributes": {
        "status": "passed" if done.returncode == 0 else "failed",
        "message": (lines or ["weir said nothing"])[0][:500]}}}
    ask(task["task_result_callback_url"], task["access_token"], json.dumps(result).encode())


main()

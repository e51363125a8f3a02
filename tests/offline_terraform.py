# SPDX-License-Identifier: Apache-2.0
"""Terraform with the AWS provider, without a network and without credentials.

Both are looked for on this machine: the program on PATH, the provider in a filesystem mirror. What
is not there is Missing, with a sentence that says what.
"""

import json
import os
import shutil
import subprocess
import sys

PROVIDER = "registry.terraform.io/hashicorp/aws"
# No request is sent: nothing is refreshed, and what tries nevertheless finds a proxy that is not there.
NOWHERE = "http://127.0.0.1:9"
SETTINGS = """terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  max_retries                 = 1
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
"""


class Missing(Exception):
    """What is not on this machine."""


def mirror(provider=PROVIDER):
    """The folder that holds a provider: one that WEIR_TF_MIRROR names, or one below /opt."""
    named = os.environ.get("WEIR_TF_MIRROR")
    folders = [named] if named else []
    folders += sorted(os.path.join("/opt", entry) for entry in
                      (os.listdir("/opt") if os.path.isdir("/opt") else []))
    for folder in folders:
        if os.path.isdir(os.path.join(folder, provider)):
            return folder
    what = "the AWS provider" if provider == PROVIDER else provider
    raise Missing(f"no mirror with {what}; name one in WEIR_TF_MIRROR")


class Terraform:
    """Runs terraform in a folder, initialised once; the configuration in it may change between runs."""

    def __init__(self, folder, program=None, provider=PROVIDER, required=SETTINGS):
        self.folder = folder
        self.program = program or shutil.which("terraform")
        if not self.program:
            raise Missing("no terraform on PATH")
        settings = os.path.join(folder, "cli.tfrc")
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "CHECKPOINT_DISABLE": "1",
            "TF_CLI_CONFIG_FILE": settings, "TF_IN_AUTOMATION": "1", "AWS_EC2_METADATA_DISABLED": "true",
            "HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE}
        self.write("cli.tfrc", "provider_installation {\n  filesystem_mirror {\n"
                   f"    path = {json.dumps(mirror(provider))}\n  }}\n}}\n")
        self.write("provider.tf", required)
        self.run("init", "-input=false")

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def attempt(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, text=True, capture_output=True, check=False)

    def run(self, *arguments):
        """What it prints; where it fails, its own words and the end."""
        done = self.attempt(*arguments)
        if done.returncode:
            sys.exit(f"terraform {arguments[0]} failed:\n{done.stderr or done.stdout}")
        return done.stdout

    def version(self):
        return json.loads(self.run("version", "-json"))["terraform_version"]

    def schemas(self, provider=PROVIDER):
        return json.loads(self.run("providers", "schema", "-json"))["provider_schemas"][provider]

    def resource_schemas(self):
        return self.schemas()["resource_schemas"]

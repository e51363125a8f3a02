# SPDX-License-Identifier: Apache-2.0
"""All that the cases of weir mcp say, held against the protocol's own schemas, which stand beside the project: each answer is one of its
revision, and of what its request asked for."""

import glob
import json
import os
import sys

try:
    import jsonschema
except ImportError as error:
    print(f"needs python3-jsonschema: {error}")
    sys.exit(77)

SOURCE = os.environ["SOURCE"]
FOLDER = os.path.join(os.environ.get("SHARED", ""), "reference/mcp")
MODERN = "2026-07-28"
RESULTS = {"initialize": "InitializeResult", "ping": "EmptyResult", "server/discover": "DiscoverResult",
           "tools/list": "ListToolsResult", "tools/call": "CallToolResult", "prompts/list": "ListPromptsResult",
           "prompts/get": "GetPromptResult", "resources/list": "ListResourcesResult",
           "resources/templates/list": "ListResourceTemplatesResult", "resources/read": "ReadResourceResult",
           "completion/complete": "CompleteResult"}
# These are the same in every revision that has them.
NOTIFICATIONS = {"notifications/progress": "ProgressNotification",
                 "notifications/subscriptions/acknowledged": "SubscriptionsAcknowledgedNotification"}


class Revision:
    def __init__(self, name):
        with open(os.path.join(FOLDER, name + ".schema.json"), encoding="utf-8") as file:
            self.schema = json.load(file)
        self.part = "$defs" if "$defs" in self.schema else "definitions"

    def check(self, definition, message):
        schema = {**self.schema, "$ref": f"#/{self.part}/{definition}"}
        schema.pop("anyOf", None)
        kind = jsonschema.validators.validator_for(schema)
        return [f"{definition}: {error.message[:200]}" for error in kind(schema).iter_errors(message)]

    def error(self):
        return "JSONRPCErrorResponse" if "JSONRPCErrorResponse" in self.schema[self.part] else "JSONRPCError"


def requests(folder):
    """What was asked, by id as JSON, and of which revision."""
    found = {}
    legacy = "2025-11-25"
    with open(os.path.join(folder, "input"), encoding="utf-8", errors="replace") as file:
        for line in file:
            is_modern = "{META}" in line or MODERN in line
            try:
                message = json.loads(line.replace(",{META}", "").replace("{META}", ""))
            except ValueError:
                continue
            if not isinstance(message, dict) or "id" not in message:
                continue
            params = message.get("params") or {}
            if message.get("method") == "initialize" and not is_modern:
                asked = params.get("protocolVersion")
                legacy = asked if os.path.exists(os.path.join(FOLDER, f"{asked}.schema.json")) else "2025-11-25"
            found[json.dumps(message["id"])] = (message.get("method"), MODERN if is_modern else legacy)
    return found


def main():
    if not os.path.isdir(FOLDER):
        sys.exit(78)
    revisions = {name: Revision(name) for name in (MODERN, "2025-11-25", "2025-06-18")}
    problems, count = [], 0
    for talk in sorted(glob.glob(os.path.join(SOURCE, "tests/cases/mcp/*/input"))):
        folder = os.path.dirname(talk)
        asked = requests(folder)
        with open(os.path.join(folder, "stdout"), encoding="utf-8") as file:
            lines = [line for line in file if line.startswith("{")]
        for line in lines:
            message = json.loads(line)
            method, name = asked.get(json.dumps(message.get("id")), (None, "2025-11-25"))
            revision = revisions[name]
            if "error" in message:
                found = revision.check(revision.error(), message) if "id" in message else (
                    revisions[MODERN].check("JSONRPCErrorResponse", message))
            elif "result" in message:
                found = revision.check(RESULTS.get(method, "EmptyResult"), message["result"])
                if name != MODERN and ({"resultType", "ttlMs"} & message["result"].keys()):
                    found.append("a member of 2026-07-28 in an answer before it")
            else:
                found = revisions[MODERN].check(NOTIFICATIONS[message["method"]], message)
            count += 1
            problems += [f"{folder}: {text}\n    {line[:200]}" for text in found]
    if count < 60 or problems:
        sys.exit("\n".join(problems) or f"only {count} messages were found")


main()

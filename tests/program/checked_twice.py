# SPDX-License-Identifier: Apache-2.0
"""What src/construct/check.c takes for surely right, lib/provider/check.ts finds nothing in: each configuration is given twice, as a
literal and as an object of a class, of which the first is not sure; both must have the same findings. FUZZ_SEED (1) asks for others."""

import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile

SOURCE, WEIR = os.environ["SOURCE"], os.path.join(os.environ["BUILD"], "weir")
TYPES = 60
CONFIGURATIONS = 600
SEED = int(os.environ.get("FUZZ_SEED", "1"))
HEAD = """import { App, Token, TerraformStack } from "cdktf";
import { Unchecked } from "weir/unchecked";
import * as a from "./types";
class Own {}
const own = (value: any): any => Object.setPrototypeOf(value, Own.prototype);
const app = new App();
const s: any = new TerraformStack(app, "s");
const role = new a.IamRole(s, "role", { assumeRolePolicy: "{}" });
const vpc = new a.Vpc(s, "vpc", { cidrBlock: "10.0.0.0/16" });
const subnet = new a.Subnet(s, "subnet", { vpcId: vpc.id });
const queue = new a.SqsQueue(s, "queue", {});
const bucket = new a.S3Bucket(s, "bucket", { bucket: "plain" });
const key = new a.KmsKey(s, "key", {});
const account = new a.DataAwsCallerIdentity(s, "account", {});
"""
TEXTS = ["", "a", "abc-DEF_1", "*", "ALL_OF_IT", "5", "-1.5", "007", "1e3", "arn:aws:iam::123456789012:role/x", "arn:aws:iam", "123456789012",
         "10.0.0.0/16", "10.0.0.0/33", "010.0.0.0/8", "::/0", "1::2::3", "1.2.3.4", "eu-west-1", "eu--1", '{"a":[1]}', "{a:1}", "\ufeff{}", "\u00a0{}",
         '{"a":"\\ud800"}', "h\u00e9llo", "\U0001f600" * 40, "x" * 65, "x" * 300, "%{ if x }", "a\n", "true", "T", "2026-01-02T03:04:05Z", "#A1B2C3", "s3://b/k"]
SAMPLES = ['"abcdefgh"', "1", "true", '["abcdefgh"]', "{}", "[{}]", '"arn:aws:iam::123456789012:role/x"', '"123456789012"', '"10.0.0.0/16"', '"{}"']
OTHERS = ["role.arn", "role.id", "role.name", "vpc.id", "vpc.arn", "subnet.id", "queue.url", "queue.arn", "queue.id", "bucket.arn", "bucket.id",
          "bucket.bucket", "key.arn", "key.keyId", "account.accountId", "`arn:aws:iam::${account.accountId}:role/x`", '"${aws_iam_role.x.id}"',
          "null", "undefined", "true", "0", "-1", "1.5", "900", "65536", "NaN", "Infinity", "1e300", "[]", "{}", '["a"]', "[null]", "[1]", '{ a: "b" }', "{ a: 1 }",
          "Token.asNumber({})", "Token.asAny({})", "Token.asList({})", "Token.asStringMap({})", "new Date(0)", "own({})", "() => 1", "Symbol()",
          "Unchecked.of({})", "Object.create(null)", '{ get a() { return "b"; } }', "new Proxy({}, {})", "{ resolve() {} }"]


def facts():
    """Of each type the facts of its arguments, by their paths."""
    found = {}
    with open(os.path.join(SOURCE, "data", "facts", "aws.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            fact = json.loads(line)
            if "resource" in fact:
                arguments = found.setdefault(fact["resource"], {})
            elif "data" in fact:
                arguments = found.setdefault(f"data_{fact['data']}", {})
            elif "ephemeral" in fact:
                arguments = {}
            elif "path" in fact and "unsettable" not in fact:
                arguments.setdefault(fact["path"], []).append(fact)
    return found


def camel(name):
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


def near(fact):
    """Values at the limits of a fact, as they are written."""
    numbers, texts = [], []
    for one in fact.get("one_of", [])[:4] + fact.get("not_one_of", [])[:2]:
        if isinstance(one, str):
            texts += [one, one.lower(), one.upper()]
        else:
            numbers += [one, one + 1]
    for bound in [*fact.get("range", []), fact.get("above"), fact.get("multiple_of")]:
        if bound is not None:
            numbers += [bound, bound + 1, bound - 1, bound * 2]
    for bound in fact.get("length", []):
        if bound is not None and bound < 2000:
            texts += ["y" * bound, "y" * (bound + 1), "\u00e9" * bound, "\U0001f600" * (bound // 2 + 1)]
    texts += [re.sub(r"[\^$\\\[\](){}+*?|]", "", fact["pattern"])] if "pattern" in fact else []
    return [json.dumps(text) for text in texts] + [str(number) for number in numbers] + [f'"{number}"' for number in numbers]


def value(chance, known):
    """What an argument is given: something near its limits, text, or anything."""
    limits = list(itertools.chain.from_iterable(map(near, known)))
    kinds = [limits] * 5 + [[json.dumps(text) for text in TEXTS], OTHERS, OTHERS]
    one = chance.choice(chance.choice([kind for kind in kinds if kind]))
    return chance.choice([one] * 8 + [f"[{one}]", f"[{one}, {one}]", f"{{ Name: {one} }}"])


def configuration(chance, arguments, needed):
    given = dict(needed)
    for path in chance.sample(sorted(arguments), min(len(arguments), chance.choice([1, 1, 1, 2]))):
        written = value(chance, arguments[path])
        first, *below = path.split(".")
        for name in reversed(below):
            written = chance.choice(["{{ {}: {} }}", "[{{ {}: {} }}]"]).format(camel(name), written)
        given[camel(first)] = written
    return written_as(given)


def written_as(given):
    return "{ " + ", ".join(f"{name}: {written}" for name, written in given.items()) + " }"


def module(name):
    bare = re.sub("^(data_)?aws_", "", name).replace("_", "-")
    return f"data-aws-{bare}" if name.startswith("data_") else bare


def exports(types):
    """The module from which a program has its types: those of the head by their names, the others as T0 and so on."""
    head = ["iam-role", "vpc", "subnet", "sqs-queue", "s3-bucket", "kms-key", "data-aws-caller-identity"]
    lines = [f'export * from "@cdktf/provider-aws/lib/{name}";' for name in head]
    for index, name in enumerate(types):
        lines += [f'import * as m{index} from "@cdktf/provider-aws/lib/{module(name)}";',
                  f"export const T{index}: any = Object.values<any>(m{index}).find((one) => one.tfResourceType !== undefined);"]
    return "\n".join(lines) + "\n"


def findings(types, lines):
    """Of each line that a program has behind its head, the messages of what was found there."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("main.ts", HEAD + "\n".join(lines) + "\n"), ("types.ts", exports(types))):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(content)
        ran = subprocess.run([WEIR, "synth", "main.ts", "--check", "--format", "json", "--cache", "off"], cwd=folder, capture_output=True, text=True, check=False)
    at = [[] for _ in lines]
    for finding in json.loads(ran.stdout)["findings"]:
        line = (finding["source"] or {}).get("line", 0) - HEAD.count("\n") - 1
        if line >= 0:
            at[line].append(finding["message"])
    return at


def required(types):
    """What each type needs, with a value that it takes; None for one that needs what takes none of the samples."""
    lines = [f'new a.T{index}(s, "n{index}", {{}});' for index in range(len(types))]
    names = [re.findall(r"requires '(\w+)', which is missing", " ".join(found)) for found in findings(types, lines)]
    tries = [(index, name, sample) for index, needed in enumerate(names) for name in needed for sample in SAMPLES]
    lines = [f'new a.T{index}(s, "n{number}", {{ {name}: {sample} }});' for number, (index, name, sample) in enumerate(tries)]
    needed = [{} for _ in types]
    for (index, name, sample), found in zip(tries, findings(types, lines)):
        if f"'{name}' of " not in " ".join(found):
            needed[index].setdefault(name, sample)
    return [samples if set(samples) == set(wanted) else None for samples, wanted in zip(needed, names)]


def main():
    chance, found = random.Random(SEED), facts()
    types = chance.sample([name for name in sorted(found) if found[name]], TYPES)
    needed, lines = required(types), []
    usable = [index for index in range(TYPES) if needed[index] is not None]
    for number in range(CONFIGURATIONS):
        index = chance.choice(usable)
        given = configuration(chance, found[types[index]], needed[index])
        # Each has its two lines, where its findings stand.
        lines += [f'try {{ new a.T{index}(s, "a{number}", {given}); }} catch {{}}', f'try {{ new a.T{index}(s, "b{number}", own({given})); }} catch {{}}']
    at = findings(types, lines)
    problems = [f"{line}\n    as a literal: {once}\n    as an object of a class: {again}" for line, once, again in zip(lines[::2], at[::2], at[1::2]) if once != again]
    wrong = sum(bool(messages) for messages in at[1::2])
    print("\n".join([f"{CONFIGURATIONS} configurations, {wrong} wrong", *problems[:20]]))
    sys.exit(1 if problems or not CONFIGURATIONS // 10 < wrong < CONFIGURATIONS * 9 // 10 else 0)


main()

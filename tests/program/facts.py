# SPDX-License-Identifier: Apache-2.0
"""data/facts: well-formed, sorted, of types that exist, as many as docs/facts.md says; and how
tools/mine-facts reads a diagnostic, and where it does not."""

import collections
import json
import os
import re
import sys

try:
    import yaml
except ImportError:
    print("needs python3-yaml")
    sys.exit(77)

SOURCE = os.environ["SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "tools", "facts"))

from book import ALTERNATIVES, Book, ORDER, PRECEDENCE  # noqa: E402
from probes import Probe, arguments_of, flat  # noqa: E402
from rounds import halves  # noqa: E402
from said import Reading, TOGETHER  # noqa: E402

KINDS = ["resource", "data", "ephemeral"]
PATH = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*$")
TARGET = re.compile(r"aws_[a-z0-9_]+\.[a-z0-9_]+$")
JOINS = {"exact", "table", "name"}


def fail(where, what):
    sys.exit(f"{where}: {what}")


def is_bounds(value):
    low, high = value
    return (low is not None or high is not None) and (low is None or high is None or low <= high)


def is_good(kind, value):
    """Whether a value has the shape of its kind."""
    if kind in ("range", "length", "items"):
        return is_bounds(value)
    if kind in ("required", "unsettable", "integer"):
        return value is True
    if kind in ("pattern", "format", "says"):
        return isinstance(value, str) and value != ""
    if kind in ("above", "multiple_of"):
        return isinstance(value, (int, float))
    if kind == "any":
        return len(value) > 1 and all(len(one) == 1 and set(one) <= ALTERNATIVES and is_good(*next(iter(one.items())))
                                      for one in value)
    if kind == "refers_to":
        return value == sorted(set(value)) and all(map(TARGET.match, value))
    if kind in TOGETHER:
        return value and value == sorted(set(value)) and all(map(PATH.match, value))
    return bool(value) and len(value) == len(set(map(str, value)))


def lines_of(name):
    """Checks how a file is written and ordered; yields (where, kind of type, type, line)."""
    with open(os.path.join(SOURCE, "data", "facts", name), encoding="utf-8") as file:
        head, *lines = file.read().splitlines()
    if json.loads(head)["provider"] != "hashicorp/aws":
        fail(name, "its first line names no provider")
    of, before = None, None
    for number, text in enumerate(lines, 2):
        line = json.loads(text)
        if json.dumps(line, ensure_ascii=False, separators=(",", ":")) != text:
            fail(f"{name}:{number}", "not as the tool writes it")
        kind = next(iter(line))
        if kind == "path":
            at = (KINDS.index(of[0]), of[1], line["path"])
            yield f"{name}:{number}", *of, line
        else:
            of, at = (kind, line[kind]), (KINDS.index(kind), line[kind], "")
        if before and not before <= at:
            fail(f"{name}:{number}", "not in order")
        before = at


def known_types():
    with open(os.path.join(SOURCE, "data", "types", "aws.yaml"), encoding="utf-8") as file:
        classes = yaml.safe_load(file)
    found = {name for group in classes["stateful"] for name in group["types"]}
    return found.union(*(classes.get(key, []) for key in ("opaque", "disposable", "stateless")))


def check_facts(types):
    counts, seen = collections.Counter(), set()
    for where, kind, type_, line in lines_of("aws.jsonl"):
        fact = set(line) - {"path", "by"}
        if len(fact) != 1 or not fact <= set(ORDER) or line["by"] not in PRECEDENCE or not PATH.match(line["path"]):
            fail(where, f"no fact: {line}")
        name = fact.pop()
        if not is_good(name, line[name]) or (name in TOGETHER and name.endswith("_with") and line["path"] in line[name]):
            fail(where, f"no {name}: {line[name]}")
        key = (kind, type_, line["path"], name, json.dumps(line[name]))
        if key in seen or (kind == "resource" and type_ not in types):
            fail(where, f"{type_} is no type, or the fact stands twice")
        seen.add(key)
        counts[name] += 1
    return counts


def check_references(types):
    counts = collections.Counter()
    for where, _, type_, line in lines_of("aws-references.jsonl"):
        fact = set(line) - {"path", "by", "join"}
        if not fact <= {"refers_to", "one_of"} or len(fact) != 1 or line["join"] not in JOINS or type_ not in types:
            fail(where, f"no reference: {line}")
        name = fact.pop()
        if not is_good(name, line[name]):
            fail(where, f"no {name}: {line[name]}")
        if name == "refers_to" and not {target.split(".")[0] for target in line[name]} <= types:
            fail(where, "refers to what is no type")
        counts["references" if name == "refers_to" else "allowed values"] += len(line[name]) if name == "refers_to" else 1
    return counts


def check_page(counts):
    """Each row of the page's tables that names a kind has its count."""
    with open(os.path.join(SOURCE, "docs", "facts.md"), encoding="utf-8") as file:
        rows = dict(re.findall(r"^\| `?([a-z_ ]+)`? \| ([\d,]+) \|", file.read(), re.M))
    told = {name: int(count.replace(",", "")) for name, count in rows.items()}
    if told != dict(counts):
        fail("docs/facts.md", "counts: " + ", ".join(f"{name} {told.get(name)} is {counts.get(name)}"
                                                     for name in sorted({*told, *counts}) if told.get(name) != counts.get(name)))


SCHEMA = {"block": {
    "attributes": {"name": {"type": "string", "required": True}, "size": {"type": "number", "optional": True},
                   "arns": {"type": ["list", "string"], "optional": True}},
    "block_types": {"rule": {"nesting_mode": "set", "block": {
        "attributes": {"name": {"type": "string", "optional": True}, "kind": {"type": "string", "optional": True}}}}}}}


def read(sentences):
    """What probe `bogus` of SCHEMA learns; a sentence quotes arguments as @PATH, and stands in their line as LINE=PATH."""
    tree = arguments_of(SCHEMA["block"])
    numbers = {argument.path: argument.number for argument in flat(tree)}
    probe = Probe("resource", "a_type", tree, "bogus")
    said = []
    for sentence in sentences:
        place, _, text = sentence.partition("=")
        text = re.sub(r"@([\w.]+)", lambda match: f"bogus{numbers[match[1]]}", text)
        text = re.sub(r"#([\w.]+)", lambda match: str(-numbers[match[1]]), text)
        summary, _, detail = text.partition(" | ")
        said.append([probe.places.index(place) + 1, summary, detail])
    return Reading(probe).read(said)


READ = [
    # The line of a set's element is its resource's: the number in the value tells the two names apart.
    ('=expected name to be one of ["a" "b c"], got @rule.name', ("rule.name", "one_of", ["a", "b c"])),
    ('name=expected name to be one of ["a"], got @name', ("name", "one_of", ["a"])),
    ("size=expected size to be in the range (1 - 9), got #size", ("size", "range", [1, 9])),
    ("size=Invalid Attribute Value | Attribute size value must be at least 0.500000, got: #size", ("size", "range", [0.5, None])),
    ('arns="arns.0" (@arns) is an invalid ARN: arn: invalid prefix', ("arns", "format", "arn")),
    ('name=expected value of name to match regular expression "^\\\\w \\\\\\"$", got @name', ("name", "pattern", '^\\w \\"$')),
    ('=Invalid String Enum Value | The provided value does not match any valid values.\n\nPath: rule[Value({"name":"@rule.name",'
     '"kind":"@rule.kind"})].kind\nGiven Value: @rule.kind\nValid Values: [X Y ]', ("rule.kind", "one_of", ["X", "Y"])),
    ('size=Conflicting configuration arguments | "size": conflicts with arns', ("size", "conflicts_with", ["arns"])),
    ('=Invalid combination of arguments | "size": one of `arns,size` must be specified', ("size", "exactly_one_of", ["arns", "size"])),
    ("name=invalid value for name (must begin with a letter)", ("name", "says", "must begin with a letter")),
]
NOT_READ = [
    ("=the moon is full", "no known shape"),
    ('=expected kind to be one of ["a"], got ', None),           # one argument of that name: it can be told
    ('=expected name to be one of ["a"], got ', "no place"),     # and here it cannot
    ('size=Conflicting configuration arguments | "size": conflicts with nobody', "names what the schema has not"),
]


def check_reading():
    for sentence, wanted in READ:
        reading = read([sentence])
        if reading.facts != [wanted] or reading.unknown:
            fail("said.py", f"{sentence!r} is read as {reading.facts} {reading.unknown}")
    for sentence, why in NOT_READ:
        reading = read([sentence])
        if [one for one, _ in reading.unknown] != ([why] if why else []) or bool(reading.facts) == bool(why):
            fail("said.py", f"{sentence!r} is read as {reading.facts} {reading.unknown}")


def check_joining():
    """Bounds that can both hold are one; what a taken value breaks is an alternative."""
    book = Book({argument.path: argument for argument in flat(arguments_of(SCHEMA["block"]))})
    book.add(read(["size=expected size to be at least (1), got #size", "size=expected size to be at most (9), got #size",
                   "name=\"name\" (@name) is an invalid ARN: x", 'name=expected name to be one of ["*"], got @name']))
    found = [{key: value for key, value in line.items() if key != "by"} for line in book.lines()]
    wanted = [{"path": "name", "any": [{"one_of": ["*"]}, {"format": "arn"}]}, {"path": "size", "range": [1, 9]}]
    if found != wanted:
        fail("book.py", f"joined to {found}")
    for count in (1, 2, 7, 70):
        rounds, left_out = halves(count)
        if any(left_out[a] >= left_out[b] for a in range(count) for b in range(count) if a != b):
            fail("rounds.py", f"of {count} arguments one never stands without another in {rounds} rounds")


def main():
    check_reading()
    check_joining()
    types = known_types()
    counts = check_facts(types)
    counts.update(check_references(types))
    check_page(counts)
    print(f"{sum(counts.values())} facts")


main()

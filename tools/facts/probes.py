# SPDX-License-Identifier: Apache-2.0
"""Configurations made to be refused.

A probe gives every argument of a type a value at once. The value holds the number of its argument
(`bogus17`, -17), so that a diagnostic that quotes it says which argument it is about, also inside
of a set, where Terraform gives no place. One argument a line, so that a line says it too.
"""

import hashlib
import json

# How many arguments one configuration may hold: types that nest the same blocks over and over
# (dashboards, firewall rules) are cut at the depth where they would have more.
LIMIT = 1500
LONG = 5000
MANY = 260
LABEL = "a"  # of every resource; each gets its own when it is asked
MANY_BLOCKS = 26
KINDS = {"resource": "resource_schemas", "data": "data_source_schemas",
         "ephemeral": "ephemeral_resource_schemas"}
# Meta-arguments of Terraform's, and what every type has alike.
COMMON = {"timeouts", "count", "for_each", "depends_on", "lifecycle", "provider", "connection"}


# name: (string, number, true or false, how many elements a list has), as expressions that hold the
# number n of the argument. A long string is written by a function: Terraform reads the line of a
# diagnostic character by character.
PROBES = {
    "bogus": (lambda n: f'"bogus{n}"', lambda n: str(-n), "true", 1),
    "empty": (lambda n: '""', lambda n: str(2147480000 + n), "false", 1),
    "long": (lambda n: f'format("long{n}x%0{LONG}d", 0)', lambda n: str(n), "true", 1),
    "part": (lambda n: f'"bogus{n}"', lambda n: f"{n}.5", "true", 1),
    "odd": (lambda n: f'"~ {n}!<\u00e4"', lambda n: "0", "true", 1),
    "none": (lambda n: f'"bogus{n}"', lambda n: str(-n), "true", 0),
    # What a provider takes, as far as is known, and "bogus" where nothing is.
    "good": (lambda n: f'"bogus{n}"', lambda n: str(n), "true", 1),
}


class Argument:
    """An argument of a type: an attribute or a block, with its place in the schema."""

    def __init__(self, path, number, schema, children=None):
        self.path, self.number, self.schema, self.children = path, number, schema, children

    @property
    def name(self):
        return self.path.rsplit(".", 1)[-1]

    @property
    def is_required(self):
        return bool(self.schema.get("required") or self.schema.get("min_items"))

    @property
    def is_block(self):
        return "block" in self.schema


def arguments_of(block):
    """The tree of what can be set in a block of a schema, as deep as LIMIT lets."""
    depth = 12
    while depth > 1 and count(block, depth) > LIMIT:
        depth -= 1
    numbers = iter(range(11, 10 ** 6))
    return grow(block, "", depth, numbers)


def settable(block):
    for name, schema in sorted(block.get("attributes", {}).items()):
        if schema.get("required") or schema.get("optional"):
            yield name, schema
    for name, schema in sorted(block.get("block_types", {}).items()):
        if name not in COMMON:
            yield name, schema


def count(block, depth):
    total = 0
    for _, schema in settable(block):
        total += 1
        if "block" in schema and (depth > 1 or schema.get("min_items")):
            total += count(schema["block"], depth - 1)
    return total


def grow(block, prefix, depth, numbers):
    tree = []
    for name, schema in settable(block):
        if "block" in schema and depth <= 1 and not schema.get("min_items"):
            continue
        path, number = prefix + name, next(numbers)
        inner = schema.get("block") or members(schema)
        children = grow(inner, path + ".", depth - 1, numbers) if inner else None
        tree.append(Argument(path, number, schema, children))
    return tree


def members(schema):
    """The members of an attribute that is an object, or of whose elements are, like a block."""
    if "nested_type" in schema:
        return schema["nested_type"]
    type_ = schema["type"]
    while isinstance(type_, list) and type_[0] != "object":
        type_ = type_[1]
    return {"attributes": {name: {"type": inner, "required": True} for name, inner in type_[1].items()}} \
        if isinstance(type_, list) else None


def flat(tree):
    for argument in tree:
        yield argument
        yield from flat(argument.children or [])


class Probe:
    """One configuration of one type: its text, and which argument stands on which line."""

    def __init__(self, kind, name, tree, probe, omit=frozenset(), values=None, more=()):
        self.kind, self.type, self.tree, self.probe = kind, name, tree, probe
        self.omit, self.values, self.more = omit, values or {}, more
        self.string, self.number, self.boolean, self.size = PROBES[probe]
        self.lines, self.places = [], []
        self.put(f'{kind} "{name}" "{LABEL}" {{', "")
        self.write(tree)
        self.put("}", "")
        self.text = "\n".join(self.lines) + "\n"
        self.written = set(self.places)
        self.key = hashlib.sha256(self.text.encode()).hexdigest()[:24]

    def put(self, line, path):
        self.lines.append(line)
        self.places.append(path)

    def write(self, tree, required_only=False):
        for argument in tree:
            if argument.path in self.omit or (required_only and not argument.is_required):
                continue
            if not argument.is_block:
                self.put(f"{argument.name} = {self.attribute(argument)}", argument.path)
                continue
            self.write_block(argument, required_only)
            for _ in range(self.repeats(argument, required_only)):
                self.write_block(argument, required_only=True)

    def repeats(self, argument, required_only):
        """How many more blocks of the kind: Terraform itself counts where the schema has a limit."""
        if argument.schema["nesting_mode"] not in ("list", "set"):
            return 0
        if argument.path in self.more and not required_only:
            return min(MANY_BLOCKS, LIMIT // (1 + len(list(flat(argument.children)))))
        return max(argument.schema.get("min_items", 0) - 1, 0)

    def write_block(self, argument, required_only):
        label = ' "k"' if argument.schema["nesting_mode"] == "map" else ""
        self.put(f"{argument.name}{label} {{", argument.path)
        self.write(argument.children, required_only)
        self.put("}", argument.path)

    def attribute(self, argument):
        if argument.path in self.values:
            return self.values[argument.path]
        if "nested_type" not in argument.schema:
            return self.value(argument.schema["type"], argument)
        mode = argument.schema["nested_type"]["nesting_mode"]
        return self.wrapped(mode, self.object(argument))

    def object(self, argument):
        return "{ " + ", ".join(f"{child.name} = {self.attribute(child)}" for child in argument.children
                                if child.path not in self.omit) + " }"

    def wrapped(self, outer, text):
        """Inside of a list of one (or of none), a map of one, or as it is."""
        if outer == "map":
            return f"{{ k = {text} }}"
        return text if outer == "single" else f"[{text}]" if self.size else "[]"

    def value(self, type_, argument):
        if type_ in ("string", "dynamic"):
            return self.string(argument.number)
        if type_ == "number":
            return self.number(argument.number)
        if type_ == "bool":
            return self.boolean
        outer, inner = type_
        if outer == "object":
            return self.object(argument)
        return self.wrapped(outer, self.value(inner, argument))

# SPDX-License-Identifier: Apache-2.0
"""Resource types and their attributes, read from the npm bindings of Terraform providers.

The bindings (deps/providers) are JavaScript that was generated from each provider's schema: a class
for each resource and each block, and in it a getter for each attribute. They are read as text, never
run. What comes out has the form of `terraform providers schema -json`.
"""

import collections.abc
import functools
import json
import os
import re
import shutil
import subprocess
import sys

from offline_terraform import Missing

FOLDER = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "deps", "providers"))

RESOURCE = " extends cdktf.TerraformResource {"
TYPE = re.compile(r'^\w+\.tfResourceType = "(\w+)";', re.M)
CLASS = re.compile(r"^class (\w+) extends cdktf\.(\w+) \{\n(.*?)^\}", re.S | re.M)
STRUCT = re.compile(r"^function (\w+)ToHclTerraform\(struct\) \{\n(.*?)^\}", re.S | re.M)
# this.getStringAttribute('name') and the like, for lists, maps and numbers
GETTER = re.compile(r"^        return (.*?get(\w*)Attribute\('(\w+)'\).*);$", re.M)
OTHER = re.compile(r"interpolationForAttribute\(['\"](\w+)['\"]\)")
NESTED = re.compile(r'new (?:\w+\.)?(\w+)\(this, "(\w+)"(?:, (true|false))?\)')
ELEMENT = re.compile(r"return new (?:\w+\.)?(\w+)\(this\.terraformResource")
# The table that writes HCL tells a block of one element, a list, from an attribute that is an object.
TABLE = re.compile(r'^ +(\w+): \{\n +value: .*\n +isBlock: \w+,\n +type: "(\w+)"', re.M)


def installed():
    """True if what is unpacked is what the lock file says."""
    lock, hidden = (os.path.join(FOLDER, *parts) for parts in
                    (("package-lock.json",), ("node_modules", ".package-lock.json")))
    if not os.path.isfile(hidden):
        return False
    with open(lock, encoding="utf-8") as f, open(hidden, encoding="utf-8") as g:
        wanted, found = json.load(f)["packages"], json.load(g)["packages"]
    return all(found.get(name, {}).get("integrity") == package["integrity"]
               for name, package in wanted.items() if name)


def fetch():
    """The folder of the unpacked bindings; Missing where npm cannot fetch them."""
    if not installed():
        npm = shutil.which("npm")
        if not npm:
            raise Missing("no npm, and the bindings are not unpacked")
        done = subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=FOLDER, text=True,
                              capture_output=True, check=False)
        if "EINTEGRITY" in done.stderr:
            print(done.stderr, file=sys.stderr)
            sys.exit(1)
        if done.returncode:
            raise Missing("npm could not fetch the bindings of the providers")
    return os.path.join(FOLDER, "node_modules")


class Resource:
    """The classes of one resource."""

    def __init__(self, folder):
        self.bodies, self.parents, self.tables = {}, {}, {}
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            inner = [os.path.join(path, n) for n in sorted(os.listdir(path))] if os.path.isdir(path) else [path]
            for file in inner:
                if file.endswith(".js"):
                    with open(file, encoding="utf-8") as f:
                        self.read(f.read())

    def read(self, text):
        for name, parent, body in CLASS.findall(text):
            self.bodies[name], self.parents[name] = body, parent
        for name, body in STRUCT.findall(text):
            self.tables[name.lower()] = dict(TABLE.findall(body))

    def kinds(self, name):
        if self.parents[name] == "TerraformResource":
            return dict(TABLE.findall(self.bodies[name]))
        return self.tables.get(name.removesuffix("OutputReference").lower(), {})

    def nesting(self, name, kind, is_set):
        """(nesting mode, class of an element) of what a class says of a block."""
        mode = {"ComplexList": "list", "ComplexMap": "map"}.get(self.parents.get(name))
        if mode:
            return "set" if is_set == "true" else mode, ELEMENT.search(self.bodies[name]).group(1)
        # One element: what is not in the table is computed, and then a list.
        return {"struct": "single", "set": "set"}.get(kind, "list"), name

    def whole(self):
        return self.block(next(n for n, parent in self.parents.items() if parent == "TerraformResource"))

    def block(self, name, depth=0):
        body, kinds = self.bodies[name], self.kinds(name)
        attributes = {n: {"type": "string"} for n in OTHER.findall(body)}
        blocks = {}
        for text, getter, attribute in GETTER.findall(body):
            kind = "list" if "List" in getter else "map" if "Map" in getter else None
            kind = "set" if kind == "list" and "Fn.tolist" in text else kind
            attributes[attribute] = {"type": [kind, "string"] if kind else "string"}
        for inner, attribute, is_set in NESTED.findall(body):
            attributes.pop(attribute, None)
            if inner not in self.bodies:  # a map of simple values
                attributes[attribute] = {"type": ["map", "string"]}
                continue
            mode, inner = self.nesting(inner, kinds.get(attribute), is_set)
            if depth < 16:
                blocks[attribute] = {"nesting_mode": mode, "block": self.block(inner, depth + 1)}
        return {"attributes": attributes, "block_types": blocks}


def union(one, other):
    """A block with what either version of a provider knows."""
    blocks = {**other["block_types"], **one["block_types"]}
    for name in one["block_types"].keys() & other["block_types"].keys():
        both = union(one["block_types"][name]["block"], other["block_types"][name]["block"])
        blocks[name] = {**one["block_types"][name], "block": both}
    return {"attributes": {**other["attributes"], **one["attributes"]}, "block_types": blocks}


class Types(collections.abc.Mapping):
    """{type: {"block": ...}} of unpacked bindings; a type is read when it is asked for."""

    def __init__(self, packages):
        self.folders, self.known = {}, {}
        for package in packages:
            lib = os.path.join(package, "lib")
            for name in sorted(os.listdir(lib)):
                self.add(os.path.join(lib, name))

    def add(self, folder):
        path = os.path.join(folder, "index.js")
        if not os.path.isfile(path):
            return
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if RESOURCE in text:
            self.folders.setdefault(TYPE.search(text).group(1), []).append(folder)

    def __getitem__(self, kind):
        if kind not in self.known:
            blocks = [Resource(folder).whole() for folder in self.folders[kind]]
            self.known[kind] = {"block": functools.reduce(union, blocks)}
        return self.known[kind]

    def __iter__(self):
        return iter(self.folders)

    def __len__(self):
        return len(self.folders)

# SPDX-License-Identifier: Apache-2.0
"""The facts of one type: gathered from readings, joined, and as they stand in the data file."""

import json

from example import allows
from said import TOGETHER

BOUNDS = ("range", "length", "items")
EXACT = {"one_of", "not_one_of", "range", "length", "multiple_of", "above"}
ALTERNATIVES = {"one_of", "not_one_of", "range", "length", "pattern", "format", "above", "multiple_of"}
# Order of the facts of one argument.
ORDER = ["required", "unsettable", "one_of", "not_one_of", "range", "above", "multiple_of", "integer", "length",
         "pattern", "format", "any", "items", "conflicts_with", "required_with", "exactly_one_of",
         "at_least_one_of", "says"]


class Book:
    """What is known of one type."""

    def __init__(self, tree_by_path):
        self.schema = tree_by_path
        self.said = {}      # path: {(kind, value as JSON): probe}
        self.accepted = {}  # path: values that the provider took
        self.disproved = set()  # (path, kind, value as JSON): it refused what the fact allows
        self.unknown = []

    def add(self, reading):
        for path, kind, value in reading.facts:
            if kind == "required" and (path not in self.schema or self.schema[path].is_required):
                continue
            self.said.setdefault(path, {}).setdefault((kind, json.dumps(value)), reading.probe.probe)
        self.unknown += reading.unknown

    def answer(self, reading, path, value):
        """Whether a value that the facts allow was taken: if not, and by the very fact, the fact was misread."""
        steps = path.split(".")
        if not any(".".join(steps[:count]) in reading.refused for count in range(1, len(steps) + 1)):
            self.accepted.setdefault(path, []).append(value)
        for refused, kind, wanted in reading.facts:
            if refused == path and kind in EXACT and allows((kind, wanted), value):
                self.disproved.add((path, kind, json.dumps(wanted)))
                self.unknown.append(("refuses what it seems to allow", f"{path}: {kind} {wanted}, got {value}"))

    def load(self, line):
        """Takes a line of the data file for said, to plan probes from."""
        for kind, value in line.items():
            for one, inner in ([next(iter(each.items())) for each in value] if kind == "any" else [(kind, value)]):
                if kind not in ("path", "by"):
                    self.said.setdefault(line["path"], {}).setdefault((one, json.dumps(inner)), line["by"])

    def facts(self, path):
        """(kind, value) of an argument, without what goes together with others."""
        return [(kind, json.loads(value)) for kind, value in self.said.get(path, {}) if kind in ALTERNATIVES]

    def edges(self):
        """Pairs of arguments that exclude each other."""
        found = set()
        for path, facts in self.said.items():
            for kind, value in facts:
                if kind in ("conflicts_with", "exactly_one_of"):
                    found |= {frozenset((path, other)) for other in json.loads(value) if other != path}
        return found

    def groups(self):
        """Sets of arguments to leave out, so that none excludes another; together they leave out nothing."""
        edges = self.edges()
        members = sorted({path for edge in edges for path in edge})
        classes = []
        left = list(members)
        while left:
            chosen = [left[0]]
            for path in left[1:] + [one for one in members if one not in left]:
                if not any(frozenset((path, other)) in edges for other in chosen):
                    chosen.append(path)
            classes.append(frozenset(members) - frozenset(chosen))
            left = [path for path in left if path not in chosen]
        return classes or [frozenset()]

    def mirror(self):
        """What one argument says of another in conflict, the other says too: the two are never taken together."""
        for path, facts in [(path, dict(facts)) for path, facts in self.said.items()]:
            for (kind, value), probe in facts.items():
                for other in json.loads(value) if kind == "conflicts_with" else []:
                    self.said.setdefault(other, {}).setdefault((kind, json.dumps([path])), probe)

    def lines(self):
        """The facts as objects, sorted."""
        self.mirror()
        for path in sorted(self.said):
            probes = self.said[path]
            for kind, value in self.joined(path):
                by = {probes[key] for key in probes if key[0] == kind} or set(probes.values())
                yield {"path": path, kind: value, "by": sorted(by, key=PRECEDENCE.index)[0]}

    def joined(self, path):
        facts = [(kind, json.loads(value)) for kind, value in self.said[path] if (path, kind, value) not in self.disproved]
        alone = self.conjunction([fact for fact in facts if fact[0] in ALTERNATIVES])
        alone, either = self.alternatives(path, alone)
        together = [(kind, value) for kind, value in facts if kind not in ALTERNATIVES]
        result = alone + merged(together)
        if len(either) > 1:
            result.append(("any", [{kind: value} for kind, value in sorted(either, key=rank)]))
        return sorted(result, key=rank)

    def conjunction(self, facts):
        """Bounds of one kind joined where they can both hold; JSON left out where a policy is wanted."""
        if ("format", "iam_policy") in facts:
            facts = [fact for fact in facts if fact != ("format", "json")]
        for kind in BOUNDS:
            several = [value for one, value in facts if one == kind]
            low = max([bound[0] for bound in several if bound[0] is not None], default=None)
            high = min([bound[1] for bound in several if bound[1] is not None], default=None)
            if len(several) > 1 and (low is None or high is None or low <= high):
                facts = [fact for fact in facts if fact[0] != kind] + [(kind, [low, high])]
        return facts

    def alternatives(self, path, facts):
        """What must hold, and of what one must: a value that was taken breaks no rule that must hold."""
        taken = self.accepted.get(path, [])
        broken = [fact for fact in facts if any(not allows(fact, value) for value in taken)]
        if len(broken) == 1:
            broken += [fact for fact in facts if fact not in broken
                       and all(allows(fact, value) for value in taken if not allows(broken[0], value))]
        if not broken:
            broken = contradicting(facts)
        return [fact for fact in facts if fact not in broken], broken


def contradicting(facts):
    """Facts of which no value can meet two: the provider wants one of them."""
    found = []
    for index, (kind, value) in enumerate(facts):
        for other_kind, other in facts[index + 1:]:
            if (kind == other_kind == "one_of" and not set(map(str, value)) & set(map(str, other))) \
                    or (kind == other_kind and kind in BOUNDS) or (kind == other_kind == "format") \
                    or (kind == "one_of" and not any(allows((other_kind, other), one) for one in value)) \
                    or (other_kind == "one_of" and not any(allows((kind, value), one) for one in other)):
                found += [fact for fact in ((kind, value), (other_kind, other)) if fact not in found]
    return found


def merged(facts):
    """What goes together: pairs in one list, a group that another one holds left out."""
    result = [fact for fact in facts if fact[0] not in TOGETHER]
    for kind in ("conflicts_with", "required_with"):
        others = sorted({other for one, value in facts if one == kind for other in value})
        if others:
            result.append((kind, others))
    for kind in ("exactly_one_of", "at_least_one_of"):
        groups = {tuple(value) for one, value in facts if one == kind}
        result += [(kind, list(group)) for group in sorted(groups)]
    bounds = [value for one, value in result if one == "items"]
    if len(bounds) > 1:
        low = max([one[0] for one in bounds if one[0] is not None], default=None)
        high = min([one[1] for one in bounds if one[1] is not None], default=None)
        result = [fact for fact in result if fact[0] != "items"] + [("items", [low, high])]
    return result


PRECEDENCE = ["bogus", "empty", "odd", "long", "part", "none", "good"]


def rank(fact):
    return ORDER.index(fact[0]), json.dumps(fact[1])

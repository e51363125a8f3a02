# SPDX-License-Identifier: Apache-2.0
"""Which probes are sent, and in which order: each round asks what the answers before it opened.

1. every argument refused at once, in several ways
2. the same again in groups where no argument excludes another: a provider looks no further at
   arguments that exclude each other
3. values that the facts allow: what is taken proves them from the other side, and tells rules of
   which all must hold from rules of which one must
4. only what is required; and lists and blocks that are too many
5. arguments present and left out, so that of each two one stands without the other
"""

import json
import math
from itertools import combinations

from book import Book
from example import examples
from probes import KINDS, LIMIT, MANY, Probe, arguments_of, flat
from said import Reading

STATIC = ["bogus", "empty", "odd", "long"]
GROUPED = ["bogus", "empty"]
EXAMPLES = 2
TURNS = 3


class Type:
    """A type under examination."""

    def __init__(self, kind, name, schema):
        self.kind, self.name = kind, name
        self.tree = arguments_of(schema["block"])
        self.arguments = {argument.path: argument for argument in flat(self.tree)}
        self.book = Book(self.arguments)
        self.asked = set()

    def probe(self, name, omit=frozenset(), values=None, more=()):
        return Probe(self.kind, self.name, self.tree, name, omit, values, more)

    def values(self, index):
        """Values that the facts allow, the index-th of each argument that has so many."""
        found = {}
        for path in self.book.said:
            several = examples(self.book.facts(path))
            if several:
                found[path] = several[min(index, len(several) - 1)]
        return found

    def others(self, paths):
        """What to leave out where only these arguments matter: all others that need not be there."""
        kept = set(paths)
        for path in paths:
            while "." in path:
                path = path.rpartition(".")[0]
                kept.add(path)
        return frozenset(path for path, argument in self.arguments.items()
                         if path not in kept and not argument.is_required
                         and not any(path.startswith(one + ".") for one in paths))

    @property
    def counts_blocks(self):
        """Whether the schema tells the limits of blocks: types of the older kind have an `id` that can be set."""
        attribute = self.arguments.get("id")
        return bool(attribute and attribute.schema.get("computed"))

    def rendered(self, values):
        return {path: text for path, text in ((path, render(self.arguments[path].schema, value))
                                              for path, value in values.items() if path in self.arguments) if text}


def render(schema, value):
    """A value as an attribute's expression; None where the attribute is a block or an object."""
    type_ = schema.get("type")
    outer, inner = type_ if isinstance(type_, list) else (None, type_)
    if inner == "number":
        try:
            text = f"{float(value):.10g}"
        except ValueError:
            return None
    elif inner in ("string", "dynamic"):
        text = json.dumps(str(value), ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    else:
        return None
    return f"[{text}]" if outer in ("list", "set") else f"{{ k = {text} }}" if outer == "map" else text


def static(types):
    found = [(one, one.probe(name), None) for name in STATIC for one in types]
    for one in types:
        for name, is_meant in (("none", is_list), ("part", is_number)):
            paths = [path for path, argument in one.arguments.items() if is_meant(argument.schema)]
            if paths:
                found.append((one, one.probe(name, one.others(paths)), None))
    return found


def is_number(schema):
    return schema.get("type") == "number"


def is_list(schema):
    type_ = schema.get("type")
    return isinstance(type_, list) and type_[0] in ("list", "set")


def grouped(types):
    """Each group of arguments that do not exclude each other, alone."""
    found = []
    for one in types:
        groups = one.book.groups()
        members = set().union(*groups)
        if len(groups) > 1:
            found += [(one, one.probe(name, omit | one.others(members)), None) for name in GROUPED for omit in groups]
    return found


def least(types):
    return [(one, one.probe("good", one.others([]), one.rendered(one.values(0))), None) for one in types]


def many(types):
    """Long lists; an element that is refused would be refused as often as it stands there."""
    found = []
    for one in types:
        values, good = {}, one.values(0)
        for path, argument in one.arguments.items():
            if not is_list(argument.schema) or argument.schema["type"][1] not in ("string", "number"):
                continue
            type_ = argument.schema["type"]
            if path not in one.book.said or path not in good:
                text = '"bogus%d-${i}"' % argument.number if type_[1] == "string" else "i"
            elif type_[0] == "list":
                text = render({"type": type_[1]}, good[path])
            else:
                continue
            values[path] = f"[for i in range({MANY}) : {text}]"
        more = frozenset(path for path, argument in one.arguments.items()
                         if argument.is_block and not argument.schema.get("max_items") and not one.counts_blocks)
        if values or more:
            omit = one.others([*values, *more])
            probe = one.probe("good", omit, {**one.rendered(good), **values}, more)
            if len(probe.lines) > LIMIT:  # blocks in blocks in blocks: only the lists
                probe = one.probe("good", omit, {**one.rendered(good), **values})
            found.append((one, probe, None))
    return found


def allowed(types):
    found = []
    for one in types:
        if not one.book.said:
            continue
        for omit in one.book.groups():
            for index in range(EXAMPLES):
                values = one.values(index)
                found.append((one, one.probe("good", omit | one.others(values), one.rendered(values)), values))
    return found


def halves(count):
    """For each of `count` members the set of rounds in which it is left out: no set holds another."""
    size = next(size for size in range(1, 40) if math.comb(size, size // 2) >= count)
    return size, [set(chosen) for chosen, _ in zip(combinations(range(size), size // 2), range(count))]


def apart(types):
    found = []
    for one in types:
        siblings = {}
        for path, argument in one.arguments.items():
            if not argument.is_required:
                siblings.setdefault(path.rpartition(".")[0], []).append(path)
        rounds = {}
        for paths in siblings.values():
            size, left_out = halves(len(paths)) if len(paths) > 1 else (0, [])
            for path, chosen in zip(paths, left_out):
                for index in chosen:
                    rounds.setdefault(index, set()).add(path)
        values = one.rendered(one.values(0))
        found += [(one, one.probe("good", frozenset(omit), values), None) for _, omit in sorted(rounds.items())]
    return found


ROUNDS = [("all at once", static), ("by groups", grouped), ("allowed values", allowed), ("only what is required", least),
          ("too many", many), ("one without another", apart)]
CORE = ("Unsupported argument", "Incorrect attribute value type", "Unsupported block type", "Missing required argument | The")


def take(one, probe, values, said):
    """Reads the answer to one probe into the book of its type."""
    reading = Reading(probe).read(said)
    one.book.add(reading)
    if values is None or any((summary + " | " + detail).startswith(CORE) for _, summary, detail in said):
        return
    for path, value in values.items():
        if path in probe.written:
            one.book.answer(reading, path, value)


def types_of(schemas, names=None):
    return [Type(kind, name, schema) for kind, key in KINDS.items()
            for name, schema in sorted(schemas.get(key, {}).items()) if names is None or (kind, name) in names]


def planned(types, plan):
    """The probes of a round that were not asked yet."""
    found = []
    for one, probe, values in plan(types):
        if probe.key not in one.asked:
            one.asked.add(probe.key)
            found.append((one, probe, values))
    return found


def mine(types, answer, only=None):
    """Runs the rounds, and again until they ask nothing more; answer(probes, title) returns diagnostics by key."""
    for turn in range(1, TURNS + 1):
        count = 0
        for title, plan in ROUNDS[:only]:
            rows = planned(types, plan)
            count += len(rows)
            said = answer([probe for _, probe, _ in rows], f"turn {turn}, {title}")
            for one, probe, values in rows:
                if probe.key in said:
                    take(one, probe, values, said[probe.key])
        if not count:
            break


def prove(types, books, answer):
    """Asks at once all that the facts in `books` would ask, and reads the answers as if nothing were known."""
    rows = []
    for one in types:
        fresh, one.book = one.book, books[one.kind, one.name]
        rows += [row for _, plan in ROUNDS for row in planned([one], plan)]
        one.book = fresh
    said = answer([probe for _, probe, _ in rows])
    for one, probe, values in rows:
        take(one, probe, values, said[probe.key])


def directly(one, line):
    """What a fact says, asked of its arguments alone: a conflict of each two that are in it."""
    paths = [line["path"]]
    kind = next(iter(set(line) - {"path", "by"}))
    groups = [[*paths, other] for other in line[kind]] if kind == "conflicts_with" else \
        [line[kind]] if kind == "exactly_one_of" else [paths]
    for group in groups:
        yield one, one.probe(line["by"], one.others(group)), None
        for index in range(EXAMPLES):
            yield one, one.probe("good", one.others(group), one.rendered(one.values(index))), None


def prove_directly(types, lost, answer):
    """Asks again what `prove` did not hear: beside other arguments a provider may have said something else first."""
    rows = [row for one in types for line in lost.get((one.kind, one.name), []) for row in directly(one, line)]
    said = answer([probe for _, probe, _ in rows])
    for one, probe, values in rows:
        take(one, probe, values, said[probe.key])

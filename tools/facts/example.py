# SPDX-License-Identifier: Apache-2.0
"""Values that facts allow, to show a provider that it takes them, and whether a value is allowed.

A fact is (kind, value). Patterns are RE2's; Python's reader takes nearly all of them, and what it
does not take has no example.
"""

import json
import re
import re._parser as sre

ACCOUNT = "123456789012"
FORMATS = {
    "arn": f"arn:aws:iam::{ACCOUNT}:role/example", "json": "{}", "account_id": ACCOUNT, "region": "us-west-2",
    "iam_policy": json.dumps({"Version": "2012-10-17", "Statement": []}), "yaml": "a: b", "cidr": "10.0.0.0/16",
    "ipv4_cidr": "10.0.0.0/16", "ipv6_cidr": "2001:db8::/56", "ip": "10.0.0.1", "ipv4": "10.0.0.1",
    "ipv6": "2001:db8::1", "rfc3339": "2030-01-02T03:04:05Z", "duration": "90m", "base64": "aGVsbG8=",
    "uuid": "12345678-1234-1234-1234-123456789012", "url": "https://example.com", "bool": "true", "int": "1",
    "float": "1.5", "s3_uri": "s3://example/path", "time:2006-01-02_15:04": "2030-01-02_03:04",
    "time:2006-01-02": "2030-01-02", "time:YYYY-MM-DD": "2030-01-02", "time:HH:MM": "03:04",
    "time:YYYY-MM-DDTHH:MM:SS": "2030-01-02T03:04:05", "time:ddd:hh24:mi-ddd:hh24:mi": "sun:03:00-sun:04:00",
    "time:hh24:mi-hh24:mi": "03:00-04:00",
}
SHAPES = {
    "arn": r"arn:[^:]+:[^:]+:[^:]*:[^:]*:.+", "account_id": r"\d{12}", "region": r"[a-z]{2}(-[a-z]+)+-\d",
    "cidr": r"[0-9a-f.:]+/\d+", "ipv4_cidr": r"[\d.]+/\d+", "ipv6_cidr": r"[0-9a-f:]+:[0-9a-f:]*/\d+",
    "ip": r"\d+(\.\d+){3}|[0-9a-f:]*:[0-9a-f:]*", "ipv4": r"\d+(\.\d+){3}", "ipv6": r"[0-9a-f:]*:[0-9a-f:]*",
    "rfc3339": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", "duration": r"-?(\d+(\.\d+)?(ns|us|ms|s|m|h))+",
    "base64": r"[A-Za-z0-9+/]+=*", "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "url": r"\w+://\S+",
    "bool": r"true|false", "int": r"-?\d+", "float": r"-?\d+(\.\d+)?", "s3_uri": r"s3://.+",
    "json": r"[{\[].*", "iam_policy": r"\{.*", "yaml": r".*: .*",
}
LIKED = "aA0-_./:b1 @#+=,~"


def pattern_of(text):
    """A pattern of RE2 as Python's reader takes it; None where it does not."""
    text = re.sub(r"\\p\{[A-Z][a-z]?\}|\\[pP][A-Z]", r"\\w", text)
    text = re.sub(r"\[:(alnum|alpha|digit|word):\]", {"alnum": "a-z0-9"}.get("alnum"), text)
    text = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda m: "\\U%08x" % int(m[1], 16), text)
    try:
        return re.compile(text.replace(r"\z", r"\Z"))
    except (re.error, OverflowError):
        return None


def in_class(items, character):
    code, is_negated = ord(character), False
    for operation, argument in items:
        name = str(operation)
        if name == "NEGATE":
            is_negated = True
        elif (name == "LITERAL" and argument == code) or (name == "RANGE" and argument[0] <= code <= argument[1]) \
                or (name == "CATEGORY" and re.match({"CATEGORY_DIGIT": r"\d", "CATEGORY_WORD": r"\w", "CATEGORY_SPACE": r"\s",
                                                     "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_NOT_DIGIT": r"\D",
                                                     "CATEGORY_NOT_WORD": r"\W"}[str(argument)], character)):
            return not is_negated
    return is_negated


def generate(parsed, more):
    """A text of a parsed pattern; repetitions have `more` above their least."""
    text = ""
    for operation, argument in parsed:
        name = str(operation)
        if name == "LITERAL":
            text += chr(argument)
        elif name in ("NOT_LITERAL", "ANY"):
            text += "b" if argument == ord("a") else "a"
        elif name == "IN":
            text += next((one for one in LIKED + "".join(map(chr, range(33, 127))) if in_class(argument, one)), "")
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, inner = argument
            text += generate(inner, more) * min(low + more, int(high))
        elif name == "SUBPATTERN":
            text += generate(argument[3], more)
        elif name == "BRANCH":
            text += generate(argument[1][0], more)
    return text


def of_pattern(text, low=0, high=None):
    compiled = pattern_of(text)
    if not compiled:
        return None
    for more in (0, 1, 2, 3, 5, 8, 12, 16, 20, 32, 40, 64, 128):
        found = generate(sre.parse(compiled.pattern), more)
        found += "a" * (low - len(found)) if len(found) < low and more == 0 else ""
        if compiled.search(found) and len(found) >= low and (high is None or len(found) <= high):
            return found
    return None


def is_number(value):
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def allows(fact, value):
    """Whether a fact allows a value; True too where that cannot be told."""
    kind, wanted = fact
    text = str(value)
    if kind == "one_of":
        return text in map(str, wanted)
    if kind == "not_one_of":
        return text not in map(str, wanted)
    if kind in ("range", "length"):
        if kind == "range" and not is_number(value):
            return False
        size = float(value) if kind == "range" else len(text)
        return (wanted[0] is None or size >= wanted[0]) and (wanted[1] is None or size <= wanted[1])
    if kind == "pattern":
        compiled = pattern_of(wanted)
        return not compiled or bool(compiled.search(text))
    if kind == "format":
        return not SHAPES.get(wanted) or bool(re.fullmatch(SHAPES[wanted], text, re.S))
    if kind in ("multiple_of", "above"):
        return is_number(value) and (float(value) % wanted == 0 if kind == "multiple_of" else float(value) > wanted)
    return True


def bounds_of(facts, kind):
    wanted = [value for one, value in facts if one == kind]
    return (max([low for low, _ in wanted if low is not None], default=0),
            min([high for _, high in wanted if high is not None], default=None))


def example(fact, facts):
    """A value that a fact allows, and the others too where that can be."""
    kind, wanted = fact
    low, high = bounds_of(facts, "length")
    if kind == "one_of":
        return next((one for one in wanted if all(allows(other, one) for other in facts)), wanted[0] if wanted else None)
    if kind == "range":
        low, high = wanted
        start = low if low is not None else min(high, 1)
        several = [start, high] + [step * max(1, -(-int(start) // step)) for k, step in facts if k == "multiple_of"]
        several = [one for one in several if one is not None]
        return next((one for one in several if all(allows(other, one) for other in facts)), several[0])
    if kind == "pattern":
        return of_pattern(wanted, low, high)
    if kind == "length":
        return "a" * max(wanted[0] or 0, min(4, wanted[1] or 4))
    if kind == "format":
        return FORMATS.get(wanted)
    return {"multiple_of": lambda: wanted, "above": lambda: wanted + 1, "integer": lambda: 1}.get(kind, lambda: None)()


def examples(facts):
    """Values to show, the likeliest first."""
    found = []
    for fact in facts:
        value = example(fact, facts)
        if value is not None and value not in found:
            found.append(value)
    return sorted(found, key=lambda value: sum(not allows(fact, value) for fact in facts))

# SPDX-License-Identifier: Apache-2.0
"""Reads diagnostics: what a provider said of a probe, as facts about its arguments.

A sentence is known by its shape (SHAPES). One that has no known shape, or whose argument cannot be
told, is no fact: the caller counts and lists it.
"""

import re

from probes import PROBES, flat

TOGETHER = {"conflicts_with", "required_with", "exactly_one_of", "at_least_one_of"}
OF_BLOCKS = {"items", "required", "says", None}
# What stands between a number that a probe wrote and the value that a diagnostic quotes.
TOKENS = {"bogus": r"bogus(\d+)", "part": r"bogus(\d+)", "none": r"bogus(\d+)", "good": r"bogus(\d+)", "long": r"long(\d+)x",
          "odd": r"~ (\d+)!<\u00e4"}
NUMBER = re.compile(r"(?:got:?|invalid value:?|value \[|interval \")\s*(-?\d+(?:\.\d+)?)(?!.*\d)")
INTEGER = re.compile(r"^-?\d+$")


ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def unquote(text):
    """A string as Go's %q writes it."""
    return re.sub(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))", lambda found:
                  ESCAPES.get(found[4], found[4]) if found[4] else chr(int(found[1] or found[2] or found[3], 16)), text[1:-1])


def number(text):
    if INTEGER.match(text):
        return int(text)
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 2 ** 53 else value


def listed(text):
    """The values of Go's [a b c] or ["a" "b"]."""
    text = text.strip()
    if text.startswith('"'):
        return [unquote(one) for one in re.findall(r'"(?:\\.|[^"\\])*"', text)]
    values = [one.rstrip(",") for one in text.split()]
    return [number(one) for one in values] if values and all(map(re.compile(r"-?\d+(\.\d+)?$").match, values)) \
        else values


def bounds(low, high):
    return [None if bound is None else number(bound) for bound in (low, high)]


def ticked(text):
    return [plain(name) for name in text.replace("`", "").split(",")]


def plain(path):
    """A path as the schema has it: without indices, keys and values of elements; `<` climbs."""
    path = re.sub(r"\[Value\(.*?\)\]|\[[^\]]*\]", "", path.strip().strip('"'))
    names = []
    for name in path.split("."):
        if name == "<":
            names = names[:-1]
        elif name and not name.isdigit():
            names.append(name)
    return ".".join(names)


def paths(text):
    """The paths of a group, and what they climb from (`a.<.b` is b, beside a)."""
    found = []
    for name in re.split(r",\s*(?![^(\[]*[)\]])", text):
        found += [plain(name), *([plain(name.split(".<")[0])] if ".<" in name else [])]
    return [name for name in dict.fromkeys(found) if name]


def fact(kind):
    return lambda found: (kind, True)


def form(name):
    return lambda found: ("format", name)


def of(kind, read, group=1):
    return lambda found: (kind, read(found[group]))


def span(kind):
    """From low to high, where the shape has such groups."""
    def read(found):
        groups = found.groupdict()
        return kind, bounds(groups.get("low"), groups.get("high"))
    return read


def above(found):
    """More than a number: a whole one starts at the next."""
    low = number(found["over"])
    return ("range", [low + 1, None]) if INTEGER.match(found["over"]) else ("above", low)


def escaped(kind_prefix):
    return lambda found: ("pattern", kind_prefix + re.escape(found[1]).replace("\\/", "/"))


P = r'"?(?P<path>[\w.\[\]-]+)"?'            # a path in SDK's sentences
A = r"Attribute (?P<path>(?:\w|\.|\[\d+\]|\[Value\(.*?\)\])+)"  # and in the framework's
N = r"-?\d+(?:\.\d+)?"
LOW, HIGH = rf"(?P<low>{N})", rf"(?P<high>{N})"

# (sentence: summary, " | " and detail, what it says). The first that fits counts.
SHAPES = [(re.compile(pattern, re.S), read) for pattern, read in [
    # allowed values
    (rf"^expected {P} to be one of \[(?P<values>.*)\], got", lambda m: ("one_of", listed(m["values"]))),
    (rf"^expected {P} to not be (?:any|one) of \[(?P<values>.*)\], got", lambda m: ("not_one_of", listed(m["values"]))),
    (r"^Invalid String Enum Value \| .*Path: (?P<path>\S.*)\nGiven Value: .*\nValid Values: \[(?P<values>.*)\]",
     lambda m: ("one_of", listed(m["values"]))),
    (r"^Invalid String Enum Value \| Value \[.*\] at attribute (?P<path>\S+) is not .*values are: \[(?P<values>.*)\]",
     lambda m: ("one_of", listed(m["values"]))),
    (rf"^Invalid Attribute Value Match \| {A} value must be one of: \[(?P<values>.*)\], got",
     lambda m: ("one_of", listed(m["values"]))),
    (rf"^Invalid Attribute Value Match \| {A} value must be none of: \[(?P<values>.*)\], got",
     lambda m: ("not_one_of", listed(m["values"]))),
    # numbers
    (rf"^expected {P} to be in the range \({LOW} - {HIGH}\), got", span("range")),
    (rf"^Invalid Attribute Value \| {A} value must be between {LOW} and {HIGH}, got", span("range")),
    (rf"^expected {P} to be at least \({LOW}\), got", span("range")),
    (rf"^expected {P} to be at most \({HIGH}\), got", span("range")),
    (rf"^Invalid Attribute Value \| {A} value must be at least {LOW}, got", span("range")),
    (rf"^Invalid Attribute Value \| {A} value must be at most {HIGH}, got", span("range")),
    (rf"^expected {P} to be greater than \((?P<over>{N})\), got", above),
    (rf"^expected {P} to be divisible by (?P<step>\d+), got", lambda m: ("multiple_of", number(m["step"]))),
    (rf"^{P} should be configured in (?P<step>\d+)-minute intervals", lambda m: ("multiple_of", number(m["step"]))),
    (rf"^expected {P} to be a valid port number, got", lambda m: ("range", [1, 65535])),
    (rf"^expected {P} to be a valid port number or 0, got", lambda m: ("range", [0, 65535])),
    (r"a number is required|must be a whole number|Value Conversion Error.*integer", fact("integer")),
    # lengths and items
    (rf"^expected length of {P} to be in the range \({LOW} - {HIGH}\), got", span("length")),
    (rf"^expected length of {P} to be at least \({LOW}\), got", span("length")),
    (rf"^expected length of {P} to be at most \({HIGH}\), got", span("length")),
    (rf"^Invalid Attribute Value Length \| {A} (?:string length|UTF-8 character count) must be between {LOW} and {HIGH}, got",
     span("length")),
    (rf"^Invalid Attribute Value Length \| {A} (?:string length|UTF-8 character count) must be at least {LOW}, got",
     span("length")),
    (rf"^Invalid Attribute Value Length \| {A} (?:string length|UTF-8 character count) must be at most {HIGH}, got",
     span("length")),
    (rf"^{P} cannot be (?:less|shorter) than {LOW} (?:UTF-8 )?characters?", span("length")),
    (rf"^{P} cannot be (?:longer|greater|more) than {HIGH} (?:UTF-8 )?characters?", span("length")),
    (rf"^{P} (?:length )?must be between {LOW}(?:-| and ){HIGH} characters(?:: |$)", span("length")),
    (rf"^{P} must be {LOW} to {HIGH} characters long", span("length")),
    (rf"^expected {P} (?:url )?to not be an? empty|^expected {P.replace('path', 'path2')} (?:url )?to not be empty",
     lambda m: ("length", [1, None])),
    (rf"^{P} must not be empty, got", lambda m: ("length", [1, None])),
    (rf"^expected {P} to be an empty string", lambda m: ("length", [0, 0])),
    (rf"^Invalid Attribute Value \| {A} (?:list|set|map) must contain at least {LOW} elements? and at most {HIGH} elements?, got",
     span("items")),
    (rf"^Invalid Attribute Value \| {A} (?:list|set|map) must contain at least {LOW} elements?, got", span("items")),
    (rf"^Invalid Attribute Value \| {A} (?:list|set|map) must contain at most {HIGH} elements?, got", span("items")),
    (rf"^Not enough list items \| Attribute (?P<path>\S+) requires {LOW} item minimum", span("items")),
    (rf"^Too many list items \| Attribute (?P<path>\S+) supports {HIGH} item maximum", span("items")),
    (rf"^Insufficient (?P<path>\w+) blocks \| At least {LOW} ", span("items")),
    (rf"^Too many (?P<path>\w+) blocks \| No more than {HIGH} ", span("items")),
    # patterns
    (rf'^expected value of {P} to match regular expression (?P<value>"(?:\\.|[^"\\])*")', lambda m: ("pattern", unquote(m["value"]))),
    (rf'^{P} (?:doesn\'t comply with restrictions|does not match pattern|does not match [\w ]+) \((?P<value>"(?:\\.|[^"\\])*")\)',
     lambda m: ("pattern", unquote(m["value"]))),
    (rf"^{P} must satisfy regular expression pattern: (?P<value>.*)$", lambda m: ("pattern", m["value"])),
    (rf"^Invalid Attribute Value Match \| {A} value must match regular expression '(?P<value>.*)', got:",
     lambda m: ("pattern", m["value"])),
    (rf"^Invalid Attribute Value Match \| {A} (?:[\w ]*(?:match|regex|conform to|pattern):? )?(?P<value>\^\S.*\$) ?, got:",
     lambda m: ("pattern", m["value"])),
    (rf"^invalid value for {P} \([\w ]*(?:match|regex|conform to|pattern):? (?P<value>\^\S.*\$)\)", lambda m: ("pattern", m["value"])),
    (rf"^expected {P} to have prefix (?P<value>\S+), got", lambda m: ("pattern", "^" + re.escape(m["value"]))),
    (rf"^{P} does not contain (?P<value>\S+)$", lambda m: ("pattern", re.escape(m["value"]).replace("\\#", "#"))),
    # forms
    (rf"^{P} \(.*\) is (?:an invalid|not a valid) ARN", form("arn")),
    (r"^Invalid ARN Value \| .*Path: (?P<path>\S.*)\nValue:", form("arn")),
    (r"^An Amazon Resource Name \| value must be a valid ARN", form("arn")),
    (rf"^{P} contains an invalid JSON policy", form("iam_policy")),
    (r"^Invalid IAM Policy Value \| .*Path: (?P<path>\S.*)\nValue:", form("iam_policy")),
    (rf"^{P} contains an invalid JSON|^{P.replace('path', 'path2')} is an empty string, which is not a valid JSON", form("json")),
    (r"^Invalid JSON String Value \||^Invalid value \| Unable to parse as JSON", form("json")),
    (rf"^Invalid Attribute Value \| {A} value must be valid JSON, got", form("json")),
    (rf"^{P} contains an invalid YAML", form("yaml")),
    (rf"^{P} doesn't look like AWS Account ID", form("account_id")),
    (rf"^Invalid Attribute Value \| {A} value must be a valid AWS account ID, got", form("account_id")),
    (rf"^{P} doesn't look like AWS Region", form("region")),
    (rf"^Invalid Attribute Value \| {A} value must be a valid AWS Region Code, got", form("region")),
    (r'^"[^"]*" is not a valid IPv6 CIDR block', form("ipv6_cidr")),
    (r'^"[^"]*" is not a valid IPv4 CIDR block', form("ipv4_cidr")),
    (r'^"[^"]*" is not a valid CIDR block', form("cidr")),
    (rf"^expected {P} to be a valid CIDR Value, got", form("cidr")),
    (rf"^expected {P} to contain a valid (?:network )?Value, ", form("cidr")),
    (rf"^Invalid Attribute Value \| {A} value must be a valid IPv(?P<v>[46]) CIDR", lambda m: ("format", f"ipv{m['v']}_cidr")),
    (rf"^expected {P} to contain a valid IPv(?P<v>[46]) address, got", lambda m: ("format", "ipv" + m["v"])),
    (rf"^Invalid Attribute Value \| {A} value must be a valid IPv(?P<v>[46]) address, got", lambda m: ("format", "ipv" + m["v"])),
    (rf'^expected {P} to contain a valid IP, got|^"[^"]*" is not a valid IP address$', form("ip")),
    (rf"^expected {P} to be a valid RFC3339 date|^must be in RFC3339 time format|^Invalid RFC3339 String Value"
     r"|^\"[^\"]*\" cannot be parsed as (?:RFC3339|iso8601) Timestamp", form("rfc3339")),
    (rf'^{P} cannot be parsed as "(?P<value>[^"]*)": parsing time', lambda m: ("format", "time:" + m["value"])),
    (r'^"[^"]*" should be in YYYY-MM-DD date format', form("time:2006-01-02")),
    (rf"^Invalid Attribute Value \| {A} value must match '(?P<value>[YMDHS:T-]+)' format",
     lambda m: ("format", "time:" + m["value"])),
    (r'must satisfy the format of "(?P<value>[^"]*)"|does not satisfy the format "(?P<value2>[^"]*)"',
     lambda m: ("format", "time:" + (m["value"] or m["value2"]))),
    (rf"^{P} cannot be parsed as a duration|^Invalid Time Duration String Value|^Invalid Attribute Value Time Duration"
     r"|^Invalid value \| Cannot be parsed as duration", form("duration")),
    (rf"^{P} \(.*\) must be base64-encoded", form("base64")),
    (rf"^expected {P} to be a valid UUID", form("uuid")),
    (rf"^expected {P} to have a host, got|^expected {P.replace('path', 'path2')} to be a valid url", form("url")),
    (rf"^expected {P} to have a url with schema of: \"(?P<value>[^\"]*)\"",
     lambda m: ("pattern", "^(" + "|".join(m["value"].split(",")) + ")://")),
    (rf"^{P}: cannot parse '.*' as boolean", form("bool")),
    (rf"^{P}: cannot parse '.*' as float", form("float")),
    (rf"^{P} \(.*\) is an invalid Service Principal: .*\(expecting to match regular expression: (?P<value>.*)\)$",
     lambda m: ("pattern", m["value"])),
    (rf"^{P}: cannot parse '.*' as int|^{P.replace('path', 'path2')} \(.*\) must be a (?:64|32)-bit integer", form("int")),
    (rf"^Invalid Attribute Value \| {A} value must be a valid S3 URI, got", form("s3_uri")),
    # what goes together
    (r'^Conflicting configuration arguments \| "(?P<path>[^"]*)": conflicts with (?P<others>\S+)',
     lambda m: ("conflicts_with", [plain(m["others"])])),
    (r'^Invalid Attribute Combination \| Attribute "(?P<path>.*)" cannot be specified when "(?P<others>.*)" is specified',
     lambda m: ("conflicts_with", [plain(m["others"])])),
    (r"^Invalid Attribute Combination \| These attributes cannot be configured together: \[(?P<group>.*)\]",
     lambda m: ("conflicts_with", paths(m["group"]))),
    (r'^Invalid combination of arguments \| "(?P<path>[^"]*)": (?:only )?one of `(?P<others>[^`]*)` (?:can|must) be specified',
     lambda m: ("exactly_one_of", ticked(m["others"]))),
    (r'^Missing required argument \| "(?P<path>[^"]*)": one of `(?P<others>[^`]*)` must be specified',
     lambda m: ("at_least_one_of", ticked(m["others"]))),
    (r'^Missing required argument \| "(?P<path>[^"]*)": all of `(?P<others>[^`]*)` must be specified',
     lambda m: ("required_with", ticked(m["others"]))),
    (r'^Invalid Attribute Combination \| Attribute "(?P<others>.*)" must be specified when "(?P<path>.*)" is specified',
     lambda m: ("required_with", [plain(m["others"])])),
    (r"^Invalid Attribute Combination \| These attributes must be configured together: \[(?P<group>.*)\]",
     lambda m: ("required_with", paths(m["group"]))),
    (r"^(?:Invalid|Missing) Attribute (?:Combination|Configuration) \| Exactly one of these attributes must be configured: \[(?P<group>.*)\]",
     lambda m: ("exactly_one_of", paths(m["group"]))),
    (r"^(?:Invalid|Missing) Attribute (?:Combination|Configuration) \| At least one of these attributes must be configured: \[(?P<group>.*)\]",
     lambda m: ("at_least_one_of", paths(m["group"]))),
    (r"^Invalid Attribute Combination \| (?:No|\d+) attributes? specified when one \(and only one\) of \[(?P<group>.*)\] is required",
     lambda m: ("exactly_one_of", paths(m["group"]))),
    (r"^Invalid Attribute Combination \| At least one attribute out of \[(?P<group>.*)\] must be specified",
     lambda m: ("at_least_one_of", paths(m["group"]))),
    # what the schema could have said
    (r"^Invalid or unknown key \| $", fact("unsettable")),
    (r"^Missing required argument \| The argument \"(?P<path>[^\"]*)\" is required", fact("required")),
    (r"^(?:Invalid Block|Missing Configuration for Required \w+|Missing [\w ]+) \| (?:Must set a configuration value for the|Block) "
     r"(?P<path>\S+) (?:attribute as|must have a configuration value as)", fact("required")),
    # a rule in the provider's own words
    (rf"^invalid value for {P} \((?P<value>.*)\)$", lambda m: ("says", m["value"])),
    (rf"^Invalid Attribute Value(?: Match)? \| {A} (?P<value>.+?),? got: ", lambda m: ("says", m["value"])),
    (rf"^(?P<value>(?:[Oo]nly|[Nn]o) .*(?:allowed|permitted)) in {P}", lambda m: ("says", m["value"])),
    (rf"^(?P<value>(?:first|last) character) of {P} (?P<rest>must .*)$", lambda m: ("says", f"{m['value']} {m['rest']}")),
    (rf'^{P}(?: \(.*\))? (?P<value>(?:must|cannot|can only|isn\'t|should|does not|does only|is not|length must|can)\b.*?)(?:: "?(?:bogus|long|~|arn:bogus|").*)?$',
     lambda m: ("says", m["value"])),
]]


class Reading:
    """What one probe's diagnostics say: facts by argument, and sentences that say nothing to us."""

    def __init__(self, probe):
        self.probe = probe
        self.schema = {argument.path: argument for argument in flat(probe.tree)}
        self.by_number = {argument.number: argument.path for argument in flat(probe.tree)}
        self.facts = []      # (path, kind, value)
        self.unknown = []    # (why, sentence)
        self.refused = set()  # arguments of which anything was said

    def read(self, said):
        for line, summary, detail in said:
            sentence = f"{summary} | {detail}" if detail else summary
            if not detail and summary == "Invalid or unknown key":
                sentence = summary + " | "
            self.read_one(line, sentence.replace("\r", ""))
        return self

    def read_one(self, line, sentence):
        for shape, read in SHAPES:
            found = shape.search(sentence)
            if found:
                break
        else:
            self.refused.add(self.owner(line, None, sentence))
            self.unknown.append(("no known shape", sentence))
            return
        kind, value = read(found)
        groups = found.groupdict()
        if kind == "one_of" and len(set(value)) < len(value):  # values with spaces, without quotes
            self.unknown.append(("values that cannot be told apart", sentence))
            return
        if "group" in groups:
            self.group(line, kind, value, sentence)
            return
        path = self.owner(line, groups.get("path") or groups.get("path2"), sentence, kind)
        if not path or re.search(r", got:? k$", sentence):
            self.unknown.append(("no place", sentence))
            return
        self.refused.add(path)
        if "others" in groups:
            self.relate(path, kind, value, sentence)
        else:
            self.facts.append((path, kind, value))

    def relate(self, path, kind, others, sentence):
        others = [self.absolute(other, path) for other in others]
        if None in others:
            self.unknown.append(("names what the schema has not", sentence))
            return
        if kind in ("exactly_one_of", "at_least_one_of"):
            others = [*others, path]
        else:
            others = [other for other in others if other != path]
        if others:
            self.facts.append((path, kind, sorted(set(others))))

    def group(self, line, kind, members, sentence):
        owner = self.place(line)
        if "one (and only one)" in sentence and owner.rpartition(".")[0] == members[0].rpartition(".")[0]:
            members = [*members, owner]
        members = [self.absolute(member, owner or "") for member in members]
        if None in members or len(set(members)) < 2:
            self.unknown.append(("names what the schema has not", sentence))
            return
        for path in set(members):
            self.refused.add(path)
            others = sorted(set(members) - ({path} if kind in ("conflicts_with", "required_with") else set()))
            self.facts.append((path, kind, others))

    def absolute(self, name, near):
        """A name in the schema: as it stands, or beside another one."""
        if name in self.schema:
            return name
        prefix = near.rpartition(".")[0]
        beside = f"{prefix}.{name}" if prefix else name
        return beside if beside in self.schema else None

    def place(self, line):
        return self.probe.places[line - 1] if 0 < line <= len(self.probe.places) else ""

    def token(self, sentence):
        """The argument whose number the sentence quotes; None when it quotes none or several."""
        numbers = {int(found) for found in re.findall(TOKENS[self.probe.probe], sentence)} \
            if self.probe.probe in TOKENS else set()
        found = NUMBER.search(sentence)
        if found and not numbers:
            written = found[1]
            numbers = {argument for argument in self.by_number
                       if number(PROBES[self.probe.probe][1](argument)) == number(written)}
        return self.by_number.get(numbers.pop()) if len(numbers) == 1 else None

    def owner(self, line, path, sentence, kind=None):
        """Whose sentence it is: by the number in the value, the line, or the path that it names."""
        named = plain(path) if path else ""
        at = self.place(line)
        if kind in TOGETHER and named in self.schema:
            return named
        if "[" in (path or "") and named in self.schema:
            return named
        token = self.token(sentence)
        if token:
            return token
        is_line = at and not self.schema[at].is_block and named in ("", at, self.schema[at].name)
        if is_line and (named or " | " in sentence):
            return at
        return self.named(at, named) if named else at if kind in OF_BLOCKS else None

    def named(self, at, named):
        """The one argument that a path means, whole or its end, near a place. A line can be that of the
        last argument in the block, so the search goes outwards from there."""
        close = [known for known in self.schema if known == named or known.endswith("." + named)]
        while True:
            inside = [known for known in close if not at or known == at or known.startswith(at + ".")]
            if len(inside) == 1:
                return inside[0]
            if inside or not at:
                return named if named in close and "." in named else None
            at = at.rpartition(".")[0]

# SPDX-License-Identifier: Apache-2.0
"""The HTML report, read as a browser reads it, over every plan of the tests.

Nothing in it runs or asks for anything: closed lists of elements and attributes, a policy that
allows one style sheet, by the hash of the one that is there; links lead to what is in the page.
Foreign text is only ever text.  Elements are closed as they were opened, ids are unique, tables and
pictures say what they are.  And it tells what the JSON report tells: verdict, totals, each address
that is destroyed, each finding's sentence and rule, counts that add up. The picture's nodes hold exactly what is destroyed, folded or not.
"""

import base64
import concurrent.futures
import glob
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys

SOURCE = os.environ["SOURCE"]
WEIR = os.path.join(os.environ["BUILD"], "weir")
SHARED = os.environ.get("SHARED") if "EACH" in os.environ else None
VOID = {"meta", "link"}
# </li> may be left out in long lists of names.
ATTRIBUTES = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"},
    "link": {"rel", "href"}, "title": set(), "style": set(), "body": set(),
    "a": {"class", "href"}, "header": {"class"}, "nav": {"aria-label"}, "main": {"id"},
    "section": {"id"}, "footer": set(), "h1": set(), "h2": set(), "h3": set(),
    "p": {"class"}, "span": {"class", "aria-hidden"}, "code": set(), "pre": set(),
    "ul": {"class"}, "li": {"class"}, "details": {"class"}, "summary": set(), "dl": set(),
    "dt": set(), "dd": set(), "div": {"class", "tabindex", "role", "aria-label"}, "table": set(),
    "thead": set(), "tbody": set(), "tr": set(), "th": {"scope"}, "td": {"colspan", "class"},
    "svg": {"role", "aria-labelledby", "viewbox", "width", "height"}, "desc": {"id"},
    "g": {"class", "transform", "clip-path"}, "rect": {"width", "height", "rx"},
    "text": {"x", "y", "class"}, "path": {"d", "class"}, "marker": {
        "id", "viewbox", "refx", "refy", "markerwidth", "markerheight", "orient"},
    "defs": set(), "clippath": {"id"},
}
ATTRIBUTES["title"] = {"id"}
ATTRIBUTES["path"] |= {"marker-end"}
INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-"
                       "\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
                       "\ufff0-\ufffb\U000e0000-\U000e0fff]")


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.problems, self.open, self.ids, self.links = [], [], [], []
        self.style, self.policy, self.text = "", "", []
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"not closed: {self.open}")
        if len(set(self.ids)) != len(self.ids):
            self.problems.append("an id twice")
        for link in self.links:
            if link != "data:," and (link[:1] != "#" or link[1:] not in self.ids):
                self.problems.append(f"a link to {link!r}")

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in ATTRIBUTES:
            self.problems.append(f"element {tag!r}")
        elif set(given) - ATTRIBUTES[tag]:
            self.problems.append(f"attributes {sorted(given)} of {tag}")
        if "href" in given:
            self.links.append(given["href"])
        for name in ("marker-end", "clip-path"):
            if name in given:
                self.links.append(given[name].removeprefix("url(").removesuffix(")"))
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if tag == "li" and self.open[-1:] == ["li"]:
            self.open.pop()
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "li" and self.open[-1:] == ["li"]:
            self.open.pop()
        if self.open[-1:] != [tag]:
            self.problems.append(f"</{tag}> in {self.open}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.text.append(data)

    def handle_comment(self, data):
        self.problems.append("a comment")

    def handle_pi(self, data):
        self.problems.append("a processing instruction")


def weir(plan, output):
    done = subprocess.run([WEIR, "review", "--trust-tree", "--json", "--now",
                           "2026-01-02T03:04:05Z", "--out", "html:" + output, plan],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                          cwd=os.path.dirname(plan))
    if done.returncode > 2:
        return None
    with open(output, "rb") as file:
        return json.loads(done.stdout), file.read()


def said(text):
    """How a text stands in the page once a browser has read it."""
    text = INVISIBLE.sub(lambda m: "\\u{%x}" % ord(m[0]), text.replace("\n", "\\u{a}"))
    return " ".join(text.split())


def check(job):
    plan, output = job
    found = weir(plan, output)
    if found is None:
        return None
    report, raw = found
    text = raw.decode()
    page = Page(text)
    yields = page.problems
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    if page.policy != ("default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
                       f"style-src 'sha256-{digest}'"):
        yields.append(f"policy {page.policy!r}")
    if re.search(r"url\s*\(|@import|expression", page.style) or "://" in page.style:
        yields.append("the style sheet asks for something")
    if INVISIBLE.search(text.replace("\t", "")):
        yields.append("an invisible character")
    words = " ".join("".join(page.text).split())
    if f"{report['verdict'].upper()} Plan: " not in words:
        yields.append("the verdict")
    n = report["summary"]
    if f"{n['add']} to add, {n['change']} to change, {n['destroy']} to destroy" not in words:
        yields.append("the totals")
    for change in report["changes"]:
        if change["action"] in ("delete", "replace", "replace-cbd") and \
                said(change["address"]) not in words:
            yields.append(f"{change['address']} is not named")
    for finding in report["findings"]:
        if said(finding["message"]) not in words:
            yields.append(f"finding {finding['message']!r} is not told")
    drawn = re.search(r"<summary>The picture in words</summary>\n<ul>\n(.*?)</section>", text, re.S)
    if bool(drawn) != (n["destroy"] > 0):
        yields.append("a picture where nothing is destroyed, or none")
    elif drawn and in_picture(drawn[1]) != n["destroy"]:
        yields.append(f"{n['destroy']} are destroyed, {in_picture(drawn[1])} in the picture")
    return yields


def in_picture(items):
    """How many objects the nodes of a picture say that they destroy."""
    total = 0
    # A list in a list names again what refers to the node before it.
    for line in re.sub(r"<ul>.*?</ul>", "", items, flags=re.S).splitlines():
        words = line.partition("<code>")[0]
        for count in re.findall(r"(?:- delete|-/\+ replace)(?: × (\d+))?", words):
            total += int(count or 1)
    return total


def large_plan(path, types, per_type, modules):
    """Each object of a module refers to the one before it; every second one is destroyed."""
    changes, calls = [], {}
    for i in range(types * per_type):
        module, kind, name = f"m{i % modules}", f"aws_kind_{i % types}", f"r{i}"
        resources = calls.setdefault(module, {"module": {"resources": []}})["module"]["resources"]
        before = resources[-1]["address"] if resources else None
        resources.append({
            "address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name,
            "expressions": {"uses": {"references": [f"{before}.id", before]}} if before else {}})
        update = i % 4 == 1
        changes.append({
            "address": f"module.{module}.{kind}.{name}", "module_address": f"module.{module}",
            "mode": "managed", "type": kind, "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": [["delete"], ["update"], ["delete", "create"], ["no-op"]][i % 4],
                       "before": {"size": 1}, "after": None if i % 4 == 0 else
                       {"size": 2 if update else 1}, "after_unknown": {}, "before_sensitive": {},
                       "after_sensitive": {}}})
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"format_version": "1.2", "terraform_version": "1.11.4",
                   "planned_values": {"root_module": {}}, "resource_changes": changes,
                   "configuration": {"root_module": {"module_calls": calls}}}, file)
    return path


def main():
    room = os.environ["TMPDIR"]
    plans = glob.glob(os.path.join(SOURCE, "tests/cases/*/*/plan*.json"))
    plans += glob.glob(os.path.join(SOURCE, "examples/**/plan*.json"), recursive=True)
    if SHARED:
        plans += glob.glob(os.path.join(SHARED, "corpus/plans/*/plan.json"))
    # Folded by module and type, by type, and with the rarer types together.
    plans += [large_plan(os.path.join(room, f"large-{i}.json"), *size)
              for i, size in enumerate([(3, 100, 3), (9, 100, 50), (200, 7, 5)])]
    jobs = [(plan, os.path.join(room, f"{i}.html"))
            for i, plan in enumerate(sorted(plans))]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(check, jobs))
    bad = 0
    for (plan, _), problems in zip(jobs, results):
        for problem in problems or ():
            print(f"{os.path.relpath(plan, SOURCE)}: {problem}")
            bad += 1
    read = sum(result is not None for result in results)
    if read < 60:
        bad += 1
        print("hardly a plan was read")
    print(f"{read} reports, {bad} problems")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()

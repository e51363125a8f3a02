# SPDX-License-Identifier: Apache-2.0
"""`weir comment` against a server on this machine that plays a forge: pages, another's comment with the
same marker, edited and deleted ones, 429 with Retry-After, 5xx before and after the work was done, a
server that hangs up, redirects, rights that are missing.  The token must be in no argument, variable
or file of curl's, and in nothing that weir prints."""

import fcntl
import glob
import http.server
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import urllib.parse

ROOM = os.environ["TMPDIR"]
TOKEN = "tok-5d1c9a-not-to-be-seen"
MARKER = "<!-- weir:report:0123456789abcdef -->"
OTHER = "<!-- weir:report:fedcba9876543210 -->"
REPORT = MARKER + "\n## \u26d4 block\n\n\"quoted\" \\ back\n"
failed = []


def expect(what, got, want):
    if got != want:
        failed.append(f"{what}: got {got!r}, wanted {want!r}")


def processes():
    """The arguments and the environment of every process, as `ps axeww` would show them to anybody."""
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            with open(f"{folder}/cmdline", errors="replace") as words, \
                    open(f"{folder}/environ", errors="replace") as variables:
                yield words.read() + variables.read()
        except OSError:
            pass  # it ended meanwhile, or is another's


def loopback_up():
    """In a network namespace of our own the loopback device is there, but down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(sock, 0x8913, request))[1]
        try:
            if not flags & 1:
                fcntl.ioctl(sock, 0x8914, struct.pack("16sh14x", b"lo", flags | 1))
        except PermissionError:
            print("needs the right to bring the loopback device up")
            sys.exit(77)


class Forge(http.server.ThreadingHTTPServer):
    """State that a test lays, and what was asked."""

    def __init__(self, kind):
        super().__init__(("127.0.0.1", 0), Answer)
        self.kind, self.comments, self.asked, self.trouble = kind, [], [], []
        self.per_page, self.user, self.next_id = 100, (200, "weir-bot"), 1000
        self.arguments, self.children = [], 0
        self.report = f"{ROOM}/report-{self.server_address[1]}.md"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}/api"

    def comment(self, body, author="weir-bot", **more):
        self.next_id += 1
        who = {"login": author, "username": author,
               "type": "Bot" if author.endswith("bot") else "User"}
        entry = {"id": self.next_id, "body": body, "user": who, "author": who, **more}
        if self.kind == "github":
            entry["html_url"] = f"https://forge.invalid/acme/infra/pull/7#c{self.next_id}"
        self.comments.append(entry)
        return entry


class Answer(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def reply(self, status, value, **headers):
        text = json.dumps(value).encode()
        self.send_response(status)
        for name, content in headers.items():
            self.send_header(name.replace("_", "-"), content)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def handle_one(self, method):
        forge = self.server
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        path = url.path.removeprefix("/api")
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "null")
        forge.asked.append((method, path))
        header = "Authorization" if forge.kind == "github" else "PRIVATE-TOKEN"
        if (self.headers.get(header) or "").removeprefix("Bearer ") != TOKEN:
            return self.reply(401, {"message": "Bad credentials"})
        children = [text for text in processes() if "curl\0-q" in text]
        forge.children += len(children)
        forge.arguments += [line for line in children if TOKEN in line]
        for number, (when, trouble) in enumerate(forge.trouble):
            if when == method and (trouble != "after" or method != "GET"):
                forge.trouble.pop(number)
                if trouble == "hang up":
                    return self.connection.shutdown(socket.SHUT_RDWR)
                if trouble == "after":
                    self.work(method, path, query, body, silent=True)
                    return self.reply(502, {})
                if trouble == "deleted":
                    forge.comments = [c for c in forge.comments if not c["body"].startswith(MARKER)]
                    return self.reply(404, {})
                status, headers = trouble
                return self.reply(status, {"message": "later"}, **headers)
        return self.work(method, path, query, body)

    def work(self, method, path, query, body, silent=False):
        forge = self.server
        listing = "/repos/acme/infra/issues/7/comments" if forge.kind == "github" \
            else "/projects/acme%2Finfra/merge_requests/7/notes"
        one = "/repos/acme/infra/issues/comments/" if forge.kind == "github" else listing + "/"
        if path == "/user":
            status, login = forge.user
            return self.reply(status, {"login": login, "username": login})
        if (method, path) == ("GET", listing):
            page, size = int(query["page"]), min(int(query["per_page"]), forge.per_page)
            part = forge.comments[(page - 1) * size:page * size]
            more = {"Link": f'<{forge.base}{path}?page={page + 1}>; rel="next", <x>; rel="last"'} \
                if page * size < len(forge.comments) else {}
            return self.reply(200, part, **more)
        if (method, path) == ("POST", listing):
            made = forge.comment(body["body"])
            return None if silent else self.reply(201, made)
        if method == ("PATCH" if forge.kind == "github" else "PUT") and path.startswith(one):
            for entry in forge.comments:
                if entry["id"] == int(path.removeprefix(one)):
                    entry["body"] = body["body"]
                    return None if silent else self.reply(200, entry)
        return self.reply(404, {"message": "Not Found"})

    def do_GET(self):
        self.handle_one("GET")

    def do_POST(self):
        self.handle_one("POST")

    def do_PATCH(self):
        self.handle_one("PATCH")

    def do_PUT(self):
        self.handle_one("PUT")


def comment(forge, *words, report=REPORT, token=TOKEN, **variables):
    env = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]}
    if forge.kind == "github":
        env.update(GITHUB_API_URL=forge.base, GITHUB_REPOSITORY="acme/infra",
                   GITHUB_REF="refs/pull/7/merge", GITHUB_TOKEN=token)
    else:
        env.update(CI_API_V4_URL=forge.base, CI_PROJECT_ID="acme/infra", CI_MERGE_REQUEST_IID="7",
                   GITLAB_TOKEN=token)
    env.update(variables)
    env = {name: value for name, value in env.items() if value is not None}
    with open(forge.report, "w", encoding="utf-8") as file:
        file.write(report)
    done = subprocess.run(["weir", "comment", f"--{forge.kind}", *(words or (forge.report,))],
                          env=env, capture_output=True, text=True, check=False)
    if TOKEN in done.stdout + done.stderr:
        failed.append("the token was printed: " + done.stdout + done.stderr)
    return done


def outcome(done):
    return done.returncode, done.stdout.split(" ")[0] if done.stdout else done.stderr


def life(kind):
    """Made, left alone, changed, edited, deleted."""
    forge = Forge(kind)
    forge.comment("a person's words", author="someone")
    forge.comment(OTHER + "\nanother report of ours")
    expect(f"{kind}, first", outcome(comment(forge)), (0, "created"))
    expect(f"{kind}, the body to the byte", forge.comments[-1]["body"], REPORT)
    expect(f"{kind}, again", outcome(comment(forge)), (0, "unchanged"))
    expect(f"{kind}, changed", outcome(comment(forge, report=REPORT + "more\n")), (0, "updated"))
    expect(f"{kind}, still one", len(forge.comments), 3)
    forge.comments[-1]["body"] = MARKER + "\r\nedited by hand: PASS"
    expect(f"{kind}, edited", outcome(comment(forge)), (0, "updated"))
    expect(f"{kind}, as weir says", forge.comments[-1]["body"], REPORT)
    forge.comments[-1]["body"] = "without its marker"
    expect(f"{kind}, marker gone", outcome(comment(forge)), (0, "created"))
    forge.comments = forge.comments[:2]
    expect(f"{kind}, deleted", outcome(comment(forge)), (0, "created"))
    forge.trouble = [("PATCH" if kind == "github" else "PUT", "deleted")]
    expect(f"{kind}, deleted meanwhile",
           outcome(comment(forge, report=REPORT + "x")), (0, "created"))
    expect(f"{kind}, what it leaves", [c["body"].split("\n")[0] for c in forge.comments],
           ["a person's words", OTHER, MARKER])
    expect(f"{kind}, where curl's token can be seen", (forge.arguments, forge.children > 0),
           ([], True))
    result = json.loads(comment(forge, "--json", forge.report, report=REPORT).stdout)
    expect(f"{kind}, as JSON", (sorted(result), result["outcome"]),
           (["id", "outcome", "url"], "updated"))
    forge.shutdown()


def whose(kind):
    """A marker in another's comment is no comment of ours."""
    forge = Forge(kind)
    forge.comment(REPORT.replace("block", "pass"), author="mallory")
    forge.comment(REPORT.replace("block", "pass"), system=True)
    if kind == "github":
        forge.comments.pop()
    expect(f"{kind}, a forged report", outcome(comment(forge)), (0, "created"))
    forge.comment(REPORT + "mine", author="release")
    expect(f"{kind}, --author", outcome(comment(forge, "--author", "release", forge.report)),
           (0, "updated"))
    expect(f"{kind}, who was changed", [c["body"] for c in forge.comments
                                        if c["user"]["login"] == "release"], [REPORT])
    if kind == "github":
        forge.user = (403, "")
        forge.comments = []
        forge.comment(REPORT + "old", author="github-actions[bot]".replace("[bot]", "-bot"))
        expect("an installation's token", outcome(comment(forge)), (0, "updated"))
    forge.shutdown()


def pages(kind):
    forge = Forge(kind)
    forge.per_page = 7
    for number in range(20):
        forge.comment(f"words {number}", author="someone")
    mine = forge.comment(REPORT + "old")
    expect(f"{kind}, on the third page", outcome(comment(forge)), (0, "updated"))
    expect(f"{kind}, the right one", mine["body"], REPORT)
    forge.shutdown()


def trouble(kind):
    change = "PATCH" if kind == "github" else "PUT"
    for what, when, how, least in (
            ("429", "GET", (429, {"Retry_After": "1"}), 1),
            ("a secondary limit", "POST", (403, {"Retry_After": "0"}), 0),
            ("503 without a word", "GET", (503, {}), 1),
            ("5xx after the work", "POST", "after", 0),
            ("a connection cut", "POST", "hang up", 0)):
        forge = Forge(kind)
        forge.trouble = [(when, how)]
        done = outcome(comment(forge))
        expect(f"{kind}, {what}", done, (0, "unchanged" if how == "after" else "created"))
        expect(f"{kind}, {what}: one comment", len(forge.comments), 1)
        expect(f"{kind}, {what}: trouble met", forge.trouble, [])
        forge.shutdown()
    forge = Forge(kind)
    forge.comment(REPORT + "old")
    forge.trouble = [(change, (500, {"Retry_After": "0"}))]
    expect(f"{kind}, 500 at a change", outcome(comment(forge)), (0, "updated"))
    forge.trouble = [("GET", (429, {"Retry_After": "3600"}))]
    done = comment(forge)
    expect(f"{kind}, an hour is too long", (done.returncode, "forge-busy" in done.stderr), (75, True))
    forge.trouble = [("GET", (503, {"Retry_After": "0"}))] * 5
    expect(f"{kind}, busy at every try", comment(forge).returncode, 75)
    forge.trouble = [("GET", (302, {"Location": f"{forge.base}/elsewhere"}))]
    done = comment(forge, "--author", "weir-bot", forge.report)
    expect(f"{kind}, a redirect is not followed", (done.returncode, "forge" in done.stderr,
                                                   ("GET", "/elsewhere") in forge.asked),
           (69, True, False))
    forge.comments = []
    forge.trouble = [("POST", (403, {}))]
    done = comment(forge)
    expect(f"{kind}, no right to comment", (done.returncode, "[forge]" in done.stderr), (69, True))
    expect(f"{kind}, a wrong token", comment(forge, token="wrong").returncode, 69)
    forge.shutdown()


def usage():
    forge = Forge("github")
    for what, code, arguments, variables in (
            ("no token", 64, {}, {"GITHUB_TOKEN": None}),
            ("no number", 64, {}, {"GITHUB_REF": "refs/heads/main"}),
            ("no repository", 64, {}, {"GITHUB_REPOSITORY": None}),
            ("a hostile repository", 64, {}, {"GITHUB_REPOSITORY": "../../user"}),
            ("plain http to elsewhere", 64, {}, {"GITHUB_API_URL": "http://forge.invalid/api"}),
            ("a file beside", 64, {}, {"GITHUB_API_URL": "file:///etc/passwd"}),
            ("a token of two lines", 64, {"token": "a\nX-Evil: 1"}, {}),
            ("no marker", 65, {"report": "words\n"}, {}),
            ("too large", 64, {"report": REPORT + "x" * 66000}, {})):
        done = comment(forge, **arguments, **variables)
        expect(what, (done.returncode, done.stdout), (code, ""))
    expect("nothing was asked", forge.asked, [])
    with open(f"{ROOM}/token", "w", encoding="utf-8") as file:
        file.write(TOKEN + "\n")
    expect("a token file", outcome(comment(forge, "--token-file", f"{ROOM}/token", forge.report,
                                           GITHUB_TOKEN=None)), (0, "created"))
    done = comment(forge, PATH=f"{ROOM}/empty:" + os.path.dirname(shutil.which("weir")))
    expect("no curl", (done.returncode, "child-missing" in done.stderr), (69, True))
    forge.shutdown()


def main():
    if not shutil.which("curl"):
        print("needs curl")
        sys.exit(77)
    loopback_up()
    tests = [threading.Thread(target=test, args=(kind,)) for test in (trouble, life, whose, pages)
             for kind in ("github", "gitlab")]
    tests.append(threading.Thread(target=usage))
    for test in tests:
        test.start()
    for test in tests:
        test.join()
    print("\n".join(failed) if failed else "both forges have one comment")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

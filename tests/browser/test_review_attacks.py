"""What the review server must refuse: every attack is sent as bytes, and then the review goes on."""
import json
import socket
import sys
import time

from page import Tests, same
from review_server import HOSTILE, Run

run = Run(3)
server = run.serve("--size", 5)
OK = {"nonce": "n1", "figure_id": "", "verdict": "right", "wrong": "", "corrected": "", "note": ""}
FIGURE = run.hantally("sample", run.out, "--size", 5).splitlines()[1].split(",")[0]
GOOD = {**OK, "figure_id": FIGURE}


def count():
    return run.rows("SELECT (SELECT count(*) FROM verdict) + (SELECT count(*) FROM missed) + (SELECT count(*) FROM read_article)")[0][0]


def refused(status, wanted):
    if status not in wanted:
        raise AssertionError(f"answered {status}, and not one of {wanted}")
    same(count(), 0)


def slow_body():
    """Bytes that come one a second, behind a length that promises more."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=40) as s:
        head = (f"POST /{server.token}/verdict HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
                "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n")
        s.sendall(head.encode())
        begun = time.monotonic()
        try:
            while time.monotonic() - begun < 35:
                s.sendall(b"{")
                time.sleep(1)
        except OSError:
            return 0
    return 200


def silent():
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as s:
        s.sendall(b"GET /")
        return 200 if s.recv(10) else 0


def elsewhere(address):
    """Is anything bound but 127.0.0.1?"""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as s:
        s.settimeout(2)
        try:
            s.connect((address, server.port))
        except OSError:
            return 0
    return 200


def own_address():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            s.connect(("192.0.2.1", 9))  # sends nothing; names the address of this machine
            return s.getsockname()[0]
        except OSError:
            return "127.0.0.2"


get, post = server.get, server.post
wrong = "f" * 32
ATTACKS = [
    ("no token", lambda: get("/state"), {403}),
    ("a wrong token", lambda: get(f"/{wrong}/state"), {403}),
    ("half the token", lambda: get(f"/{server.token[:16]}/state"), {403}),
    ("the token and more", lambda: get("/TOKENff/state"), {403}),
    ("the token in the query", lambda: get("/?token=TOKEN"), {403}),
    ("a foreign host", lambda: get("/TOKEN/state", Host="evil.example:PORT"), {403}),
    ("a host rebound by name", lambda: get("/TOKEN/state", Host="127.0.0.1.evil.example:PORT"), {403}),
    ("the host without its port", lambda: get("/TOKEN/state", Host="127.0.0.1"), {403}),
    ("no host", lambda: get("/TOKEN/state", Host=None), {400, 403}),
    ("a foreign origin reads", lambda: get("/TOKEN/state", Origin="https://evil.example"), {403}),
    ("a foreign origin writes", lambda: post("verdict", GOOD, Origin="http://evil.example:PORT"), {403}),
    ("the origin null", lambda: post("verdict", GOOD, Origin="null"), {403}),
    ("another port's origin", lambda: post("verdict", GOOD, Origin="http://127.0.0.1:1"), {403}),
    ("writing without an origin", lambda: post("verdict", GOOD, Origin=None), {403}),
    ("another site says so itself", lambda: get("/TOKEN/state", Sec_Fetch_Site="cross-site"), {403}),
    ("a form of another site", lambda: post("verdict", b"nonce=1", Content_Type="application/x-www-form-urlencoded"), {415}),
    ("JSON as plain text", lambda: post("verdict", GOOD, Content_Type="text/plain"), {415}),
    ("a path that climbs", lambda: get("/TOKEN/../../../../etc/passwd"), {403, 404}),
    ("a path that climbs in disguise", lambda: get("/TOKEN/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), {403, 404}),
    ("a path with a NUL", lambda: get("/TOKEN/state%00.css"), {403, 404}),
    ("a file of the run", lambda: get("/TOKEN/verdicts.db"), {404}),
    ("a body of 100 MB", lambda: post("verdict", b"{}", Content_Length="100000000"), {413}),
    ("a body longer than the limit", lambda: post("verdict", b"[" * 16385), {413}),
    ("a body of unknown length", lambda: server.ask("POST /TOKEN/verdict HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT\r\n"
                                                    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", b"2\r\n{}\r\n0\r\n\r\n"), {411}),
    ("a negative length", lambda: post("verdict", b"{}", Content_Length="-1"), {400, 0}),
    ("headers without end", lambda: get("/TOKEN/state", X_Long="x" * 200000), {400, 413, 431, 0}),
    ("a body that drips", slow_body, {0}),
    ("a request that never comes", silent, {0}),
    ("no JSON", lambda: post("verdict", b"<script>alert(1)</script>"), {400}),
    ("JSON 5,000 deep", lambda: post("verdict", b"[" * 5000 + b"]" * 5000), {400}),
    ("a list for an object", lambda: post("verdict", [GOOD]), {400}),
    ("no UTF-8", lambda: post("verdict", b'{"nonce":"\xff\xfe"}'), {400}),
    ("a NUL in a text", lambda: post("verdict", {**GOOD, "note": "a\0b"}), {400}),
    ("a number for a text", lambda: post("verdict", {**GOOD, "note": 7}), {400}),
    ("a figure that is none", lambda: post("verdict", {**GOOD, "figure_id": "' OR 1=1 --"}), {400}),
    ("a verdict that is none", lambda: post("verdict", {**GOOD, "verdict": HOSTILE}), {400}),
    ("a kind that is none", lambda: post("verdict", {**GOOD, "verdict": "wrong", "wrong": HOSTILE}), {400}),
    ("script as a region", lambda: post("verdict", {**GOOD, "verdict": "wrong", "wrong": "region", "corrected": HOSTILE}), {400}),
    ("script as a value", lambda: post("verdict", {**GOOD, "verdict": "wrong", "wrong": "value", "corrected": "1<script>"}), {400}),
    ("a note of 3,000 bytes", lambda: post("verdict", {**GOOD, "note": "x" * 3000}), {400}),
    ("an article that is none", lambda: post("missed", {"at": 99, "start": 0, "end": 1, "mark": True, "nonce": "m"}), {400}),
    ("a place behind the text", lambda: post("missed", {"at": 0, "start": 0, "end": 2 ** 31 - 1, "mark": True, "nonce": "m"}), {400}),
    ("a place before the text", lambda: post("missed", {"at": 0, "start": -1, "end": 1, "mark": True, "nonce": "m"}), {400}),
    ("an item that is none", lambda: get("/TOKEN/item?at=18446744073709551616"), {400}),
    ("DELETE", lambda: server.ask("DELETE /TOKEN/verdict HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"), {405}),
    ("OPTIONS of another site", lambda: server.ask("OPTIONS /TOKEN/verdict HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: https://evil.example\r\n"
                                                   "Access-Control-Request-Method: POST\r\n\r\n"), {403}),
    ("writing by GET", lambda: get("/TOKEN/verdict?figure_id=" + FIGURE), {404}),
    ("another address of this machine", lambda: elsewhere(own_address()), {0}),
    ("IPv6", lambda: elsewhere("::1"), {0}),
]


def lives():
    """What is no attack works, text stays text, and saying it twice is saying it once."""
    note = {**GOOD, "note": HOSTILE}
    same(post("verdict", note), 200)
    same(post("verdict", note), 200)
    same(run.rows("SELECT note FROM verdict"), [(HOSTILE,)])
    same(get("/TOKEN/state"), 200)
    same(post("undo", {"nonce": "n1"}), 200)
    same(post("undo", {"nonce": "n1"}), 200)
    same(count(), 0)
    same(post("verdict", json.dumps({**GOOD, "nonce": "n2"}).encode().ljust(16384)), 200)


tests = Tests("review attack")
for name, attack, wanted in ATTACKS:
    tests.run(name, lambda: refused(attack(), wanted))
tests.run("the review goes on", lives)
same(server.stop(), 0)
tests.end()

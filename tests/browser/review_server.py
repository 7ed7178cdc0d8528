"""`hantally review` as the tests start it: a run of made-up articles, a server, its address, its end."""
import html
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import tempfile
import urllib.parse

HANTALLY = os.environ["hantally"]
KINDS = [("快递员", "名"), ("外卖骑手", "人"), ("网约车司机", "人"), ("货车司机", "名"), ("服务驿站", "个")]
CITIES = ["杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "衢州", "台州", "丽水"]
HOSTILE = ('<script>document.title="caught"</script><img src=x onerror="document.title=\'caught\'">'
           "\u202e\u200fשלום عربى\u202c ]]> &amp; ${7*7} '\"`")


def article(i):
    """A text with five figures; in every fourth they stand in hostile sentences, one has 10,000 characters."""
    lines = []
    for k, (noun, unit) in enumerate(KINDS):
        number = 1000 + 37 * i + 411 * k
        extra = HOSTILE if i % 4 == 3 else ("很长的话" * 2500 + "，") if i == 5 and k == 2 else ""
        lines.append(f"{extra}截至2025年{1 + (i + k) % 6}月底，{CITIES[i % 10]}市现有{noun}{number}{unit}，比上年增加{3 + k}.{i % 10}%。")
    return f"{CITIES[i % 10]}市新就业群体见闻之{i}\n2025-07-{1 + i % 28:02d} 10:00 来源：江河日报\n\n" + "\n\n".join(lines) + "\n"


class Run:
    """A folder with inputs and a finished run of them."""

    def __init__(self, n_articles, keep_text=True):
        self.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.folder.name)
        self.source, self.out = root / "in", root / "out"
        self.source.mkdir()
        for i in range(n_articles):
            self.put(i, article(i))
        self.hantally("run", self.source, "-o", self.out, *(["--keep-text"] if keep_text else []))

    def put(self, i, text):
        if HOSTILE not in text:
            (self.source / f"n{i:03d}.txt").write_text(text, "utf-8")
            return
        title, meta, _, *lines = text.split("\n")  # markup as text needs a page that says so
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line)
        (self.source / f"n{i:03d}.html").write_text(
            f"<!DOCTYPE html><meta charset=utf-8><title>{title}</title><h1>{title}</h1><p>{meta}</p>\n<article>{body}</article>", "utf-8")

    def hantally(self, *words, status=0, **more):
        done = subprocess.run([HANTALLY, *map(str, words)], capture_output=True, text=True, **more)
        if done.returncode != status:
            raise AssertionError(f"{words}: {done.returncode}: {done.stderr[-400:]}")
        return done.stdout

    def rows(self, sql, *values):
        db = sqlite3.connect(f"file:{urllib.parse.quote(str(self.out))}/verdicts.db?mode=ro", uri=True)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def serve(self, *options):
        return Server(self, *options)


class Server:
    def __init__(self, run, *options):
        self.process = subprocess.Popen(
            [HANTALLY, "review", str(run.out), *map(str, options)], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address.startswith("http://127.0.0.1:"):
            raise AssertionError(f"no address: {self.address!r}")
        self.port = int(self.address.split(":")[2].split("/")[0])
        self.token = self.address.split("/")[3]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.process.stdout.close()

    def ask(self, request, body=b"", patience=5):
        """The bytes of a request as they are -> the status of the answer; 0: closed without one."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as s:
            try:
                s.sendall(request.replace("TOKEN", self.token).replace("PORT", str(self.port)).encode("latin-1") + body)
                got = b""
                while b"\r\n" not in got:
                    part = s.recv(65536)
                    if not part:
                        break
                    got += part
            except (ConnectionError, socket.timeout):
                return 0
        return int(got.split()[1]) if got.startswith(b"HTTP/1.1 ") else 0

    def post(self, route, value, **headers):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        lines = {"Host": "127.0.0.1:PORT", "Origin": "http://127.0.0.1:PORT", "Content-Type": "application/json",
                 "Content-Length": str(len(body)), "Connection": "close"}
        lines.update({k.replace("_", "-"): v for k, v in headers.items()})
        head = "".join(f"{k}: {v}\r\n" for k, v in lines.items() if v is not None)
        return self.ask(f"POST /TOKEN/{route} HTTP/1.1\r\n{head}\r\n", body)

    def get(self, path, **headers):
        lines = {"Host": "127.0.0.1:PORT", "Connection": "close"}
        lines.update({k.replace("_", "-"): v for k, v in headers.items()})
        head = "".join(f"{k}: {v}\r\n" for k, v in lines.items() if v is not None)
        return self.ask(f"GET {path} HTTP/1.1\r\n{head}\r\n")

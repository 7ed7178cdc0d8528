#!/usr/bin/env python3
"""Runs hantally on each page of pages.py and on a page cut at every place: hostile.py HANTALLY

A page passes if the program ends well, needs no more memory than the limit of a document and what the
program itself needs (not asked of a build with sanitizers), and its last sentence is in the main text
or in a block with its reason, or rejected.csv names the limit that kept it out."""
import csv
import os
import shutil
import subprocess
import sys
import tempfile

from pages import CASES, END, HEAD, html

DOCUMENT = 256 << 20     # the limit of a document
PROGRAM = 64 << 20       # tables, the input, the output
CUT_STEP = 7

hantally = os.path.abspath(sys.argv[1])
sanitized = b"__asan_init" in open(hantally, "rb").read()
bad = 0


def say(name, wrong):
    global bad
    bad |= bool(wrong)
    print(f"not ok hostile {name}: {wrong}" if wrong else f"ok hostile {name}", flush=True)


def run(inputs, out):
    """The exit status and the memory that was needed at most."""
    with open(os.devnull, "w") as null:
        pid = os.posix_spawn(hantally, [hantally, "run", *inputs, "-o", out, "--keep-text", "--jobs", "1"],
                             os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null.fileno(), 1),
                                                       (os.POSIX_SPAWN_DUP2, null.fileno(), 2)])
    _, status, usage = os.wait4(pid, 0)
    return status, usage.ru_maxrss * 1024


def rows(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def main_text(out):
    texts = []
    for name in sorted(os.listdir(out + "/main")) if os.path.isdir(out + "/main") else []:
        with open(f"{out}/main/{name}", encoding="utf-8") as f:
            texts.append(f.read())
    return texts


def explained(path):
    """All blocks of the page, kept and dropped."""
    shown = subprocess.run([hantally, "explain", "--page", path, "--json"], stdout=subprocess.PIPE)
    return shown.stdout.decode()


def judge(path, out, want):
    """What is wrong with the outcome, or None."""
    codes = {r["error"] for r in rows(out + "/rejected.csv")}
    whole = any(END in t for t in main_text(out))
    if want and codes & want:
        return None
    if want and None not in want:
        return f"{' or '.join(want)} is not in rejected.csv, but {codes or 'nothing'}"
    if whole or (want is None and END in explained(path)):
        return None
    return f"the last sentence is lost, rejected.csv says {codes or 'nothing'}"


def one(work, name, data, want):
    path, out = f"{work}/{name}.{'html' if b'<html>' in data[:100] else 'txt'}", f"{work}/out"
    with open(path, "wb") as f:
        f.write(data)
    shutil.rmtree(out, ignore_errors=True)
    status, memory = run([path], out)
    if status:
        return f"ended with status {status}"
    if memory > DOCUMENT + PROGRAM and not sanitized:
        return f"needed {memory >> 20} MB"
    wrong = judge(path, out, want)
    os.remove(path)
    return wrong


def cut_pages(work):
    """A page cut at every place: what it still holds of the article is in the main text or rejected."""
    page, folder, out = html("<p>冰块<!-- x --><a href='/x'>二百</a>吨，&nbsp;油料<b>九十</b>吨。</p>"), work + "/cut", work + "/out"
    os.mkdir(folder)
    cuts = range(1, len(page), CUT_STEP)
    for at in cuts:
        with open(f"{folder}/{at:05d}.html", "wb") as f:
            f.write(page[:at])
    shutil.rmtree(out, ignore_errors=True)
    status, _ = run([folder], out)
    if status:
        return f"ended with status {status}"
    read = {r["source_path"] for r in rows(out + "/articles.csv")}
    refused = {r["source_path"] for r in rows(out + "/rejected.csv")}
    lost = [at for at in cuts if not any(p.endswith(f"{at:05d}.html") for p in read | refused)]
    if lost:
        return f"no word of the page cut at {lost[0]}"
    start = len(HEAD.encode())
    for at in cuts:
        if at > start and not any(p.endswith(f"{at:05d}.html") for p in read):
            return f"the page cut at {at} has a paragraph, but no article"
    return None


def main():
    with tempfile.TemporaryDirectory() as work:
        for name, (data, want) in CASES.items():
            say(name, one(work, name, data, want))
        say("cut anywhere", cut_pages(work))
    sys.exit(bad)


main()

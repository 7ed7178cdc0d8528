#!/usr/bin/env python3
"""How many sentences are read right: score.py HANTALLY FOLDER [--show FILE]

Asks `HANTALLY explain --jsonl` about every line of FOLDER/*.jsonl and compares what README.md says. Prints a
JSON object: for each file the share of its lines that are right in every member; with --show the lines of
FILE that are not."""
import fractions
import glob
import json
import os
import subprocess
import sys

STATISTIC = {"count", "share", "money", "measure", "rate", "duration", "age"}
UNITS = [{"人", "名", "位"}, {"家", "个", "户", "座", "处", "所", "间"}, {"场", "次", "场次"}, {"件", "份"}, {"元", "块"}]
CONTAINED = {"counted", "base", "place", "attributed_to"}


def folded(text):
    text = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text)
    return "".join(text.split())


def number(text):
    try:
        return fractions.Fraction(str(text).replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return text


def agrees(member, want, have):
    if member in ("value", "value_low", "value_high"):
        return number(want) == number(have)
    if member == "surface":
        return folded(want) == folded(have)
    if member == "unit":
        return want == have or any({want, have} <= group for group in UNITS)
    if member in CONTAINED:
        return want in have if want else not have
    if member == "asof" or member.startswith("period"):
        return want == have or (want != "" and have != "" and (want.startswith(have) or have.startswith(want)))
    if member == "measure":
        level = {"cumulative": "stock", "": "stock"}
        return level.get(want, want) == level.get(have, have)
    if member == "region_codes":
        return set(want.split("|")) == set(have.split("|"))
    return want == have


def faults(line, answer):
    found = [q for q in answer["quantities"] if q["kind"] in STATISTIC]
    taken, said = set(), []
    for want in line["expect"]:
        best = None
        for i, have in enumerate(found):
            if i in taken or not agrees("surface", want["surface"], have["surface"]):
                continue
            wrong = [m for m in want if m not in ("surface", "also") and not agrees(m, want[m], have.get(m, ""))]
            if best is None or len(wrong) < len(best[1]):
                best = (i, wrong)
        if best is None:
            said.append(f"no {want['surface']}")
            continue
        taken.add(best[0])
        said += [f"{want['surface']}: {m} is {found[best[0]].get(m, '')!r}, not {want[m]!r}" for m in best[1]]
    spans = {(q["start"], q["end"]) for i, q in enumerate(found) if i in taken}
    for i, have in enumerate(found):
        if i not in taken and (have["start"], have["end"]) not in spans:
            said.append(f"too much: {have['surface']}")
    for text in line.get("absent", []):
        at = line["text"].find(text)
        if any(q["start"] < at + len(text) and q["end"] > at for q in found):
            said.append(f"reported: {text}")
    return said


def main():
    hantally, folder = sys.argv[1:3]
    shown = sys.argv[4] if "--show" in sys.argv else None
    scores = {}
    for path in sorted(glob.glob(folder + "/*.jsonl")):
        name = os.path.basename(path).rsplit(".", 1)[0]
        with open(path, encoding="utf-8") as f:
            text = f.read()
        done = subprocess.run([hantally, "explain", "--jsonl"], input=text, capture_output=True, text=True, check=True)
        lines, answers = [[json.loads(x) for x in t.splitlines()] for t in (text, done.stdout)]
        said = [faults(line, answer) for line, answer in zip(lines, answers)]
        scores[name] = round(sum(not s for s in said) / len(lines), 4)
        for line, s in zip(lines, said):
            if s and shown in (name, "all"):
                print(f"{line['id']} {line['text']}" + "".join(f"\n    {x}" for x in s))
    if not shown:
        print(json.dumps(scores))


main()

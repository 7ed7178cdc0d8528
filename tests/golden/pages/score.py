#!/usr/bin/env python3
"""How much of each page's article was found: score.py OUT GOLD [PAGE...]

OUT was written by `hantally run GOLD/raw -o OUT --keep-text --to keep`. Prints a JSON object: main_f1 is
the mean over the pages of the F1 of 4-grams of the main text (those of ID.opt.txt are neither wanted nor
wrong; the title apart), the others are the share of pages whose field is right. With PAGEs, says instead
what is missing (-) and what is too much (+)."""
import collections
import csv
import json
import os
import sys

FIELDS = ["title", "published", "publisher", "authors", "photographers", "editor", "dateline_place", "dateline_date"]


def bare(text):
    return "".join(text.split())


def grams(text):
    return collections.Counter(text[i:i + 4] for i in range(max(1, len(text) - 3)) if text)


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as f:
        return f.read()


def f1(want, have, optional):
    want, have, optional = grams(bare(want)), grams(bare(have)), grams(bare(optional))
    hit = sum((want & have).values())
    wrong = sum(((have - want) - optional).values())
    return 2 * hit / (sum(want.values()) + hit + wrong) if hit else 0


def same(field, want, have):
    want = "|".join(want) if isinstance(want, list) else want or ""
    if field == "published":
        return want[:16] == have[:16]
    return bare(want) == bare(have)


def differences(want, have, optional):
    for line in want.split("\n"):
        if bare(line) not in bare(have):
            print("  -", line[:100])
    for line in have.split("\n"):
        if bare(line) not in bare(want) and bare(line) not in bare(optional):
            print("  +", line[:100])


def main():
    out, gold, pages = sys.argv[1], sys.argv[2], sys.argv[3:]
    csv.field_size_limit(1 << 30)
    with open(out + "/articles.csv", encoding="utf-8", newline="") as f:
        rows = {os.path.basename(r["source_path"]).rsplit(".", 1)[0]: r for r in csv.DictReader(f)}
    scores = collections.Counter()
    names = sorted(n[:-len(".main.txt")] for n in os.listdir(gold) if n.endswith(".main.txt"))
    for name in names:
        row = rows.get(name, collections.defaultdict(str))
        want = json.loads(read(f"{gold}/{name}.article.json"))
        main_text, optional = read(f"{gold}/{name}.main.txt"), read(f"{gold}/{name}.opt.txt")
        title, _, text = read(f"{out}/main/{row['article_id']}.txt").partition("\n")
        if bare(title) != bare(row["title"]):
            text = title + "\n" + text
        scores["main_f1"] += f1(main_text, text, optional)
        for field in FIELDS:
            scores[field] += same(field, want[field], row[field])
        if name in pages:
            print(name, "%.4f" % f1(main_text, text, optional))
            differences(main_text, text, optional)
            for field in FIELDS:
                if not same(field, want[field], row[field]):
                    print(f"  {field}: {row[field]!r}, gold {want[field]!r}")
    if not pages:
        print(json.dumps({k: round(scores[k] / len(names), 4) for k in ["main_f1"] + FIELDS}))


main()

#!/usr/bin/env python3
"""From every figure back to its source: trace.py OUT FOLDER

OUT was written by `hantally run FOLDER -o OUT --keep-text`. The bytes [byte_start, byte_end) of each
figure's source file, decoded, must be its source_text, and main/ARTICLE.txt[text_start:text_end] its
surface. Prints how many were checked; ends with 1 and names the first that fails."""
import csv
import sys

CODECS = {"UTF-8": "utf-8", "GB18030": "gb18030", "BIG5-HKSCS": "big5hkscs", "UTF-16LE": "utf-16-le"}


def rows(path):
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def main():
    out, folder = sys.argv[1:]
    articles = {r["article_id"]: r for r in rows(out + "/articles.csv")}
    figures = rows(out + "/figures.csv")
    for r in figures:
        article = articles[r["article_id"]]
        with open(folder + "/" + article["source_path"], "rb") as f:
            source = f.read()[int(r["byte_start"]):int(r["byte_end"])]
        with open(f"{out}/main/{r['article_id']}.txt", encoding="utf-8") as f:
            text = f.read()[int(r["text_start"]):int(r["text_end"])]
        if source.decode(CODECS[article["encoding_used"]]) != r["source_text"] or text != r["surface"]:
            sys.exit(f"{r['figure_id']}: {source!r} is not {r['source_text']!r}, or {text!r} not {r['surface']!r}")
    if not figures:
        sys.exit("no figures")
    print(f"{len(figures)} figures lead to their bytes")


main()

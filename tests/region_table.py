#!/usr/bin/env python3
"""Holds regions.csv against a table of what must be in it, and against the annotated figures.

usage: region_table.py OUT EXPECTED.csv GOLD_FOLDER [--least PERCENT]

A pair (region, indicator) of EXPECTED with scope whole (other_count aside) is found when OUT has a
cell of it with one of its values. A value of OUT that no annotated figure of the region has is one
that is not there. Prints the misses; status 1 when fewer pairs are found than the least (90), or
when there is a value that is not there.
"""
import csv
import json
import pathlib
import sys
from fractions import Fraction


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def numbers(row):
    return {Fraction(row[k]) for k in ("value", "value_low", "value_high") if row.get(k)}


def annotated(folder):
    """{(code, indicator): values}, of every figure that the annotators saw, whatever its scope."""
    there = {}
    for path in sorted(pathlib.Path(folder).glob("*.figures.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            f = json.loads(line)
            for indicator in {f["indicator"], *f.get("alt_indicators", [])}:
                values = there.setdefault((f["region_code"], indicator), set())
                values.update(Fraction(f[k]) for k in ("value", "low", "high") if f.get(k))
    return there


def main():
    out, expected_path, gold = sys.argv[1:4]
    least = float(sys.argv[sys.argv.index("--least") + 1]) if "--least" in sys.argv else 90
    expected, known = {}, {}
    for r in rows(expected_path):
        key = r["region_code"], r["indicator"]
        known.setdefault(key, set()).update(numbers(r))
        if r["scope"] == "whole" and r["indicator"] != "other_count":
            expected.setdefault(key, set()).update(numbers(r))
    for key, values in annotated(gold).items():
        known.setdefault(key, set()).update(values)
    got, wrong = {}, []
    for r in rows(f"{out}/regions.csv"):
        key = r["region_code"], r["indicator"]
        got.setdefault(key, set()).update(numbers(r))
        if numbers(r) - known.get(key, set()) - known.get((key[0], "other_count"), set()):
            wrong.append(f"not there: {r['region']} {r['indicator']} {r['subtype']} {r['measure']} "
                         f"{r['modality']} {r['value']}")
    missing = [k for k, v in expected.items() if not v & got.get(k, set())]
    for code, indicator in missing:
        print(f"missing: {code} {indicator} {'|'.join(map(str, expected[code, indicator]))}")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    share = 100 * (1 - len(missing) / len(expected))
    print(f"{len(expected) - len(missing)} of {len(expected)} pairs ({share:.1f} %), "
          f"{len(wrong)} values that are not there")
    return 1 if wrong or share < least else 0


sys.exit(main())

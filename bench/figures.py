"""A number of figures -> JSON Lines as `hantally extract` writes them, for `hantally stats`.

usage: figures.py N [SEED] >lines.jsonl
N figures in articles of ten, spread over regions, years and indicators of the ready codebook, so
that cells of one figure, of many, and of figures that conflict come about. The sentences are as
long as those of news, about 50 characters; the same arguments give the same bytes.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SERIES = [("workers", "", "人", "新就业群体"), ("workers", "courier", "人", "快递员"),
          ("workers", "ride_hailing", "人", "网约车司机"), ("workers", "truck_driver", "人", "货车司机"),
          ("stations", "", "个", "服务站点"), ("stations", "rider_station", "个", "骑手驿站"),
          ("party_members", "", "人", "党员"), ("union_members", "", "人", "工会会员")]
QUALIFIERS = [("exact", ""), ("exact", ""), ("about", "约"), ("over", "超"), ("nearly", "近")]
TAILS = ["较上年底有所增加，覆盖主要街道和园区", "由街道、社区与平台企业共同登记核实", "分布在商圈、楼宇和各个配送站点",
         "均已纳入网格管理，并定期更新台账", "其中多数来自外地，平均年龄三十四岁"]


class Numbers:
    """A linear congruence: the same on every machine and in every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n


def regions():
    path = os.path.join(HERE, "..", "data", "regions.tsv")
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line[0] != "#"]
    levels = {"1": "province", "2": "prefecture", "3": "county"}
    current = [(r[0], r[1], levels[r[2]]) for r in rows if r[2] in levels and r[8] == "current"]
    provinces = [r for r in current if r[2] == "province"]
    return provinces * 6 + [r for r in current if r[2] == "prefecture"] + current[::20]


def figure(article, published, at, draw, places):
    code, name, level = places[draw.below(len(places))]
    indicator, subtype, unit, noun = SERIES[draw.below(len(SERIES))]
    qualifier, before = QUALIFIERS[draw.below(len(QUALIFIERS))]
    year = 2018 + draw.below(8)
    value = (100 + draw.below(900)) * 10 ** (1 + draw.below(3))
    surface = f"{before}{value}{unit}"
    head = f"截至{year}年底，{name}登记在册的{noun}"
    sentence = f"{head}{surface}，{TAILS[draw.below(len(TAILS))]}。"
    start = at + len(head)
    return sentence, {
        "figure_id": f"{article}-{start * 3}-0", "article_id": article, "indicator": indicator,
        "subtype": subtype, "region_code": code, "region": name, "region_level": level,
        "scope": "whole", "region_rule": "R1", "value": str(value), "number": str(value), "step": "10",
        "qualifier": qualifier, "unit": unit, "unit_text": unit, "kind": "count", "measure": "stock",
        "modality": "actual", "counted": noun, "asof": f"{year}-12-31", "asof_precision": "day",
        "asof_rule": "sentence", "surface": surface, "source_text": surface, "sentence": sentence,
        "text_start": start, "text_end": start + len(surface), "byte_start": start * 3,
        "byte_end": start * 3 + len(surface.encode()), "rule": "noun-before", "confidence": "high"}


def article(number, n, draw, places):
    name = f"a{number:016x}"
    published = f"{2019 + draw.below(8)}-{1 + draw.below(12):02d}-{1 + draw.below(28):02d}"
    title, figures = f"第{number}号测试文章：各地登记情况", []
    text = title + "\n"
    for _ in range(n):
        sentence, row = figure(name, published, len(text), draw, places)
        figures.append(row)
        text += sentence
    return {"article_id": name, "source_path": f"made/{number:06d}.txt", "record": 0,
            "record_offset": 0, "record_bytes": len(text.encode()), "title": title,
            "published": published, "publisher": f"测试日报{draw.below(40)}", "script": "Hans",
            "encoding_used": "UTF-8", "main_chars": len(text), "text": text, "figures": figures,
            "sketch": f"{number:032x}"}


def main():
    n, draw, places = int(sys.argv[1]), Numbers(int((sys.argv + ["1"])[2])), regions()
    for number in range((n + 9) // 10):
        row = article(number, min(10, n - number * 10), draw, places)
        print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


main()

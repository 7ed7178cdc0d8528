"""Lines for `hantally stats` in which everything that an article says is meant to break a page."""
import json

SCRIPT = "<script>window.broken = 1</script></script><img src=x onerror='window.broken = 2'>"
RTL = "\u202eمرحبا بالعالم\u202c שלום \u2067"
INDICATOR = "workers"


def figure(number, sentence, surface, start, **more):
    article = f"a{number:016x}"
    row = {"figure_id": f"{article}-{start}-0", "article_id": article, "indicator": INDICATOR,
           "region_code": "370000", "region": "山东省" + SCRIPT, "region_level": "province", "scope": "whole",
           "region_rule": "R1", "value": surface.rstrip("人"), "number": surface.rstrip("人"), "step": "1",
           "qualifier": "exact", "unit": "人", "unit_text": "人", "kind": "count", "measure": "stock",
           "modality": "actual", "counted": "快递员" + SCRIPT, "asof": "2025-06-30", "asof_precision": "day",
           "asof_rule": "sentence", "surface": surface, "source_text": surface, "sentence": sentence,
           "attributed_to": "\"'`" + SCRIPT, "text_start": start, "text_end": start + len(surface),
           "byte_start": start, "byte_end": start + len(surface.encode()), "rule": "noun-before",
           "confidence": "high"}
    row.update(more)
    return row


def article(number, sentence, surfaces, **more):
    at, figures = 0, []
    for surface in surfaces:
        at = sentence.index(surface, at)
        figures.append(figure(number, sentence, surface, at, **more))
        at += len(surface)
    return {"article_id": f"a{number:016x}", "source_path": f"{number}{SCRIPT}.txt", "record": 0,
            "record_offset": 0, "record_bytes": len(sentence.encode()), "title": "标题" + SCRIPT + RTL,
            "url": "javascript:window.broken=3", "published": "2025-07-01", "publisher": "某报" + SCRIPT,
            "script": "Hans", "encoding_used": "UTF-8", "main_chars": len(sentence), "text": sentence,
            "figures": figures, "sketch": f"{number:032x}"}


LONG = "甲" * 5000 + "快递员12345人" + "乙" * 4992
CASES = [
    article(1, f"全省快递员{SCRIPT}11人{RTL}，又说<!--<script>共11人，𠮷野家\u2028\u2029完。", ["11人", "11人"]),
    article(2, LONG, ["12345人"]),
    article(3, f"{RTL}全省快递员13人{RTL}" + "{{7*7}}${7*7}&amp;&lt;b&gt;", ["13人"]),
]


def lines():
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in CASES)

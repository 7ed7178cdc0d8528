"""tables.xlsx holds what the CSV files hold; codes are text, numbers numbers, headers frozen."""
import csv
import decimal
import json
import pathlib
import sys

import openpyxl

out = pathlib.Path(sys.argv[1])
book = openpyxl.load_workbook(out / "tables.xlsx")
package = json.loads((out / "datapackage.json").read_text())


def read(name):
    with (out / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def as_text(cell):
    return "" if cell is None else format(decimal.Decimal(repr(cell)), "f") if isinstance(cell, float) else str(cell)


def sheet_is(title, name, extra=0):
    """The sheet's rows are the file's, but for `extra` columns behind them."""
    sheet, rows = book[title], read(name)
    assert sheet.freeze_panes == "A3" and sheet.auto_filter.ref.startswith("A2:"), title
    found = [[as_text(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    found = [row[: len(row) - extra] for row in found]
    assert found == rows, f"{title}: {next((a, b) for a, b in zip(found, rows) if a != b)}"
    codes = [i for i, column in enumerate(rows[0]) if column in ("region_code", "region_codes")]
    for row in sheet.iter_rows(min_row=3, values_only=True):
        assert all(row[i] is None or isinstance(row[i], str) for i in codes), title


sheet_is("地区汇总", "regions.csv")
for title, name in {"加总": "rollup.csv", "比值": "ratios.csv", "区划变动": "boundaries.csv", "审核更正": "corrections.csv"}.items():
    if (out / name).exists() and len(read(name)) > 1:
        sheet_is(title, name)
    else:
        assert title not in book.sheetnames, f"{title} is empty"
sheet_is("文章", "articles.csv")
sheet_is("未读记录", "rejected.csv")
titles = {entry["id"]: (entry["label"]["zh"], entry["table"]) for entry in package["codebook"]["indicators"]}
for title, name in titles.values():
    if len(read(name)) > 1:
        sheet_is(title, name, extra=1)
    else:
        assert title not in book.sheetnames, f"{title} is empty"
for name in sys.argv[2:]:
    assert len(read(name)) > 1, f"{name} holds nothing to compare"
workers = book["新就业群体人数"]
shanxi = next(row for row in workers.iter_rows(min_row=3, values_only=True) if row[0] == "140000")
assert isinstance(shanxi[2], str) and any(isinstance(cell, int) for cell in shanxi)

articles = read("articles.csv")
titles_of = {row[articles[0].index("source_path")]: row[articles[0].index("title")] for row in articles[1:]}
assert sum(map(bool, titles_of.values())) > 10
figures = [row for row in read("figures.csv")]
place = {column: i for i, column in enumerate(figures[0])}
known = {row[place["figure_id"]]: row for row in figures[1:] if row[place["indicator"]]}
rows = list(book["数字"].iter_rows(min_row=2, values_only=True))
assert len(rows) - 1 == len(known) > 100
for row in rows[1:]:
    cells = dict(zip(rows[0], row))
    assert cells["sentence"] == known[cells["figure_id"]][place["sentence"]]
    assert cells["source_path"] and (cells["title"] or "") == titles_of[cells["source_path"]]

dictionary = list(book["数据字典"].iter_rows(min_row=3, values_only=True))
assert {row[:2] for row in dictionary} == {
    (resource["path"], field["name"]) for resource in package["resources"] for field in resource["schema"]["fields"]
}
assert all(row[2] and row[3] for row in dictionary), "a column is not described"
assert book.sheetnames[0] == "说明"

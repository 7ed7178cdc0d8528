"""Every CSV of a folder is, row by row, what the view of its name in hantally.db gives."""
import csv
import pathlib
import sqlite3
import sys

out = pathlib.Path(sys.argv[1])
excel = (out / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbf")
database = sqlite3.connect(f"file:{out}/hantally.db?mode=ro", uri=True)
assert not database.execute("PRAGMA foreign_key_check").fetchall(), "foreign keys"
assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "integrity"


def plain(cell):
    """Without the guard that --excel puts before what a spreadsheet would run."""
    return cell[1:] if excel and cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r") else cell


files = sorted(out.glob("*.csv"))
views = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
assert {file.name for file in files} - {"quality.csv"} == views - {"evidence"}, "a file without a view, or a view without a file"
for file in files:
    if file.name == "quality.csv":
        continue  # of the verdicts, not of the run: docs/outputs.md
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [[plain(cell) for cell in row] for row in csv.reader(lines)]
    view = database.execute(f'SELECT * FROM "{file.name}"')
    found = [[column[0] for column in view.description]]
    found += [[str(cell) for cell in row] for row in view]
    assert found == rows, f"{file.name}: {next((a, b) for a, b in zip(found, rows) if a != b)}"

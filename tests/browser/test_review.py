"""The review page: whole reviews by keys alone, in chromium."""
import csv
import io
import json

from page import Tests, Watched, axe_faults, browser, same
from review_server import Run

N = 200


def ready(page):
    page.wait_for_selector("body[data-ready=true]:not([aria-busy])")


def judged(run, reviewer="1"):
    return run.rows("SELECT figure_id, verdict, wrong, corrected, note FROM current WHERE reviewer = ?", reviewer)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def plan_of(i):
    """What is pressed at the i-th figure, and what must be saved for it."""
    if i % 10 == 3:
        return ["v", *"1,234", "Enter"], ("wrong", "value", "1234", "")
    if i % 10 == 5:
        return ["g", *"330100", "Enter"], ("wrong", "region", "330100", "")
    if i % 20 == 7:
        return ["x"], ("wrong", "no-statistic", "", "")
    if i % 20 == 17:
        return ["s"], ("skip", "", "", "")
    if i % 25 == 9:
        return ["t", *"a note", "Enter", "r"], ("right", "", "", "a note")
    return ["r"] if i % 2 else ["Enter"], ("right", "", "", "")


def two_hundred(opened):
    """200 figures by keys, a reload in the middle, the server killed and started again: 200 verdicts, each as
    it was meant, and no key waits for anything but the page."""
    run = Run(50)
    wanted = {}
    with run.serve("--size", N, "--seed", 7) as server, Watched(opened, server.address) as w:
        page = w.page
        ready(page)
        order = [row["figure_id"] for row in csv.DictReader(io.StringIO(run.hantally("sample", run.out, "--size", N, "--seed", 7)))]
        same(len(order), N)
        for i in range(N):
            if i == 60:
                ready(page)
                page.reload()
                ready(page)
            if i == 120:
                ready(page)
                server.kill()
                press(page, "r")
                page.wait_for_selector("#trouble:not([hidden])")
                again = run.serve()
                server.__dict__.update(again.__dict__)
                page.goto(server.address)
                ready(page)
            if i == 150:  # what was said in error is taken back and said again
                press(page, "x", "z")
            keys, said = plan_of(i)
            if "t" in keys:
                ready(page)
                press(page, "t")
                page.keyboard.type("a note")
                press(page, "Enter")
                keys = ["r"]
            press(page, *keys)
            wanted[order[i]] = said
        ready(page)
        same(page.locator("#where").inner_text(), "All 200 are judged")
        got = {row[0]: row[1:] for row in judged(run)}
        same(len(got), N)
        same([k for k in wanted if got.get(k) != wanted[k]], [])
        same(run.rows("SELECT count(*), count(DISTINCT figure_id), count(DISTINCT nonce) FROM verdict"), [(N, N, N)])
        outside = [u for u in w.requests if not u.startswith(f"http://127.0.0.1:") and not u.startswith("data:")]
        same(outside, [])
        same(server.stop(), 0)
    exported(run, wanted)


def exported(run, wanted):
    """The CSV comes back as it went; gold is read by evaluate and codebook test, and stats corrects."""
    text = run.hantally("verdicts", "export", run.out)
    rows = {r["figure_id"]: (r["verdict"], r["wrong"], r["corrected"], r["note"]) for r in csv.DictReader(io.StringIO(text))}
    same(rows, wanted)
    run.hantally("verdicts", "import", run.out, "-", "--verdicts", run.out / "other.db", input=text)
    same(run.hantally("verdicts", "export", run.out, "--verdicts", run.out / "other.db"), text)
    gold = run.out / "gold"
    run.hantally("verdicts", "gold", run.out, "-o", gold)
    scores = json.loads(run.hantally("evaluate", run.out, gold, "--json"))
    right = sum(v[0] == "right" for v in wanted.values())
    assert scores["documents"] > 10 and scores["quantity_r"] < 1 and right > 100, scores
    answer = json.loads(run.hantally("codebook", "check", gold / "codebook.yaml", "--json"))
    assert answer["ok"] and answer["examples"] > 50, answer


def main():
    tests = Tests("review")
    with browser() as opened:
        tests.run("200 figures by keys alone", two_hundred, opened)
    tests.end()


main()

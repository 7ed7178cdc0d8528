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


def two_reviewers(opened):
    """The second one sees nothing of the first; then what they saw differently is settled."""
    run = Run(8)
    said = {"Lixiuying": "rrxrrvrrrr", "Wangguowei": "rrrrxrrrrr"}
    for name, keys in said.items():
        with run.serve("--size", 10, "--reviewer", name) as server, Watched(opened, server.address) as w:
            ready(w.page)
            same(w.page.locator("#who").inner_text().split(" · ")[0], f"Reviewer {name}, 0 of 10 judged")
            for key in keys:
                same(w.page.locator("#said").inner_text(), "")
                same(w.page.locator("#others").is_visible(), False)
                press(w.page, *([key, "7", "Enter"] if key == "v" else [key]))
                ready(w.page)
            text = json.dumps([w.page.evaluate("async (u) => (await fetch(u)).text()", u) for u in
                               ["state", "verdicts.csv", *(f"item?at={i}" for i in range(10))]])
            same([other for other in said if other != name and other in text], [])
    agreement = json.loads(run.hantally("verdicts", "agreement", run.out, "--json"))
    same((agreement["figures"], agreement["open"], agreement["pairs"][0]["same"]), (10, 3, 7))
    with run.serve("--disagreements") as server, Watched(opened, server.address) as w:
        ready(w.page)
        for i in range(3):
            same(w.page.locator("#where").inner_text(), f"Figure {i + 1} of 3")
            same(sorted(w.page.locator("#others li").all_inner_texts()[k].split()[0] for k in range(2)), sorted(said))
            press(w.page, "r")
            ready(w.page)
    after = json.loads(run.hantally("verdicts", "agreement", run.out, "--json"))
    same((after["open"], after["pairs"]), (0, agreement["pairs"]))
    same(run.rows("SELECT count(*), sum(verdict = 'right') FROM settled"), [(10, 10)])


def articles(opened):
    """Every number of an article has its colour; misses are marked, and recall follows."""
    run = Run(4)
    with run.serve("--size", 4) as server, Watched(opened, server.address) as w:
        page = w.page
        ready(page)
        press(page, "a")
        page.wait_for_selector("#text .n")
        ready(page)
        shown = page.eval_on_selector_all("#text .n", "all => all.map((n) => [n.className.split(' ')[1], n.textContent])")
        states = {state for state, _ in shown}
        assert "figure" in states and "excluded" in states, shown
        numbers = [text for state, text in shown if state == "excluded"]
        assert any("2025年" in text for text in numbers), numbers
        at = next(i for i, (state, _) in enumerate(shown) if state == "excluded")
        press(page, *["ArrowRight"] * at, "m")
        ready(page)
        same(page.locator(".missed.n").count(), 1)
        press(page, "m", "m", "f")
        ready(page)
        same(run.rows("SELECT surface FROM missed"), [(shown[at][1],)])
        same(len(run.rows("SELECT * FROM read_article")), 1)
        assert "1 missed, 1 articles" in page.locator("#recall").inner_text(), page.locator("#recall").inner_text()
        score = json.loads(run.hantally("verdicts", "score", run.out, "--json"))
        same((score["articles"], score["total"]["missed"]), (1, 1))
        same(score["total"]["found"], sum(state == "figure" for state, _ in shown))


def without_text(opened):
    run = Run(2, keep_text=False)
    with run.serve() as server, Watched(opened, server.address) as w:
        ready(w.page)
        assert w.page.locator("#paragraph mark").inner_text() in w.page.locator("#reading dd").first.inner_text()
        press(w.page, "a")
        w.page.wait_for_selector("#text p")
        assert "--keep-text" in w.page.locator("#text").inner_text()


def phone(opened):
    """390 pixels, by touch: nothing is wider than the screen, and buttons are large enough."""
    run = Run(8)
    with run.serve("--size", 30, "--lang", "zh") as server, Watched(opened, server.address, width=390) as w:
        page = w.page
        ready(page)
        for _ in range(30):
            same(page.evaluate("document.documentElement.scrollWidth"), 390)
            page.click("#judge [data-key=r]")
            ready(page)
        small = page.eval_on_selector_all("#judge button, nav button", "all => all.filter((b) => b.offsetParent && b.offsetHeight < 36).length")
        same(small, 0)
        press(page, "a")
        page.wait_for_selector("#text .n")
        same(page.evaluate("document.documentElement.scrollWidth"), 390)
        same(len(judged(run)), 30)


def hostile(opened):
    """Sentences with markup, right-to-left controls and 10,000 characters are shown, and do nothing."""
    run = Run(8)
    with run.serve("--size", 40, "--source", run.source) as server, Watched(opened, server.address) as w:
        page = w.page
        ready(page)
        page.on("dialog", lambda d: d.dismiss())
        seen, long = 0, 0
        press(page, "o")
        total = page.evaluate("state.total")
        for i in range(total):
            ready(page)
            text = page.locator("#paragraph").inner_text()
            seen += "<script>" in text
            long = max(long, len(text))
            mark = page.locator("#paragraph mark")
            box, frame = mark.bounding_box(), page.locator("#paragraph").bounding_box()
            assert frame["y"] - 1 <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"] + 1, (i, box, frame)
            same(page.locator("#paragraph script, #paragraph img, #source script").count(), 0)
            same(mark.inner_text(), page.locator("#reading dd").first.inner_text())
            same(page.locator("#source-text mark").inner_text(), mark.inner_text())
            press(page, "r")
        ready(page)
        same(page.title(), "hantally review")
        assert seen >= 2 and long > 9000, (seen, long)
        same(w.complaints, [])


def accessible(opened):
    run = Run(6)
    for language, dark, width in [("en", False, 1280), ("zh", True, 390)]:
        with run.serve("--size", 20, "--lang", language) as server, Watched(opened, server.address, width=width, dark=dark) as w:
            ready(w.page)
            press(w.page, "r", "x", "o", "?")
            ready(w.page)
            same(axe_faults(w.page), [])
            press(w.page, "g")
            ready(w.page)
            same(axe_faults(w.page), [])
            press(w.page, "Escape", "a")
            w.page.wait_for_selector("#text .n")
            ready(w.page)
            same(axe_faults(w.page), [])
            same(w.complaints, [])


def input_methods(opened):
    """With a Chinese input method on, the key is hidden; its place counts."""
    run = Run(2)
    with run.serve("--size", 3) as server, Watched(opened, server.address) as w:
        ready(w.page)
        w.page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Process', code: 'KeyX', keyCode: 229, bubbles: true}))"
                        .replace("document.dispatch", "document.body.dispatch"))
        ready(w.page)
        same([row[1:3] for row in judged(run)], [("wrong", "no-statistic")])


def refused_correction(opened):
    """A correction that is none is refused, said, and can be given again."""
    run = Run(2)
    with run.serve("--size", 3) as server, Watched(opened, server.address) as w:
        ready(w.page)
        press(w.page, "g", *"123", "Enter")
        w.page.wait_for_selector("#trouble:not([hidden])")
        same(judged(run), [])
        ready(w.page)
        w.page.locator("#corrected").fill("330100")
        press(w.page, "Enter")
        ready(w.page)
        same([row[1:4] for row in judged(run)], [("wrong", "region", "330100")])
        same(w.page.locator("#trouble").is_visible(), False)


def audit_list(opened):
    """The list of `audit`: both figures of a finding, each with the reason, and no part of precision."""
    run = Run(3)
    ids = [row["figure_id"] for row in csv.DictReader(io.StringIO(run.hantally("sample", run.out, "--size", 3)))]
    (run.out / "audit.csv").write_text(
        "audit_id,rank,score,kind,figure_id,other_figure_id,detail\n"
        f"q1,1,90,lost-wan,{ids[0]},{ids[1]},a myriad apart\nq2,2,50,implausible,{ids[0]},,\nq3,3,9,implausible,a0-0-0,,\n")
    with run.serve("--audit") as server, Watched(opened, server.address) as w:
        ready(w.page)
        same(w.page.locator("#where").inner_text(), "Figure 1 of 2")
        same(w.page.locator("#reason").inner_text(), "On the list because: lost-wan: a myriad apart; implausible")
        press(w.page, "x", "r")
        ready(w.page)
        same(w.page.locator("#where").inner_text(), "All 2 are judged")
        same(w.page.locator("#precision").inner_text(), "Precision: nothing judged yet")
        same(run.rows("SELECT DISTINCT origin FROM verdict"), [("audit",)])


def main():
    tests = Tests("review")
    with browser() as opened:
        for what, call in [("200 figures by keys alone", two_hundred), ("two reviewers and their disagreements", two_reviewers),
                           ("articles and misses", articles), ("a run without texts", without_text), ("a phone", phone),
                           ("hostile sentences", hostile), ("no serious fault for axe", accessible),
                           ("an input method", input_methods), ("a correction that is none", refused_correction),
                           ("the list of audit", audit_list)]:
            tests.run(what, call, opened)
    tests.end()


main()

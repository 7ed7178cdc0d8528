"""report.html in the browser: what a reader sees, clicks and types; what must never happen."""
import csv
import os
import pathlib
import subprocess
import tempfile

import hostile
from page import Tests, Watched, axe_faults, browser, same

HERE = pathlib.Path(__file__).resolve().parent
HANTALLY = os.environ["hantally"]
ROWS = 50


def make_reports(folder):
    subprocess.run([HANTALLY, "run", str(HERE / "../../samples"), "-o", f"{folder}/samples"], check=True)
    many = subprocess.run(["python3", str(HERE / "../../bench/figures.py"), "3000"], check=True,
                          stdout=subprocess.PIPE).stdout
    subprocess.run([HANTALLY, "stats", "-o", f"{folder}/many"], input=many, check=True)
    subprocess.run([HANTALLY, "stats", "-o", f"{folder}/hostile"], input=hostile.lines().encode(), check=True)
    subprocess.run([HANTALLY, "stats", "-o", f"{folder}/empty"], input=b"", check=True)


class Report:
    def __init__(self, opened, folder):
        self.opened, self.folder = opened, folder

    def page(self, name="samples", **how):
        return Watched(self.opened, f"file://{self.folder}/{name}/report.html", **how)


def is_alone(report, name):
    with report.page(name) as w:
        same(w.requests, [f"file://{report.folder}/{name}/report.html"])
        same(w.complaints, [])


def runs_no_other_script(report):
    with report.page() as w:
        ran = w.page.evaluate("""() => {
            const s = document.createElement('script');
            s.textContent = 'window.foreign = 1';
            document.body.append(s);
            const a = document.createElement('div');
            a.innerHTML = '<img src="data:," onerror="window.foreign = 2">';
            document.body.append(a);
            return new Promise(done => setTimeout(() => done(window.foreign), 100));
        }""")
        same(ran, None)
        w.requests.clear()
        w.page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
        same(len(w.complaints) > 0, True)


def shows_a_cell(report):
    with report.page() as w:
        w.page.click("#rows tbody tr:nth-child(1) td:nth-child(3)")
        same(w.page.text_content("dialog mark"), "约118.6万人")
        text = w.page.text_content("dialog")
        for part in ("省总工会6月初发布的摸底结果显示", "汾河日报", "2025-06-18 08:42", "R2", "topic", "about 1,186,000"):
            same((part, part in text), (part, True))


def keyboard_alone(report):
    with report.page() as w:
        w.page.keyboard.press("Tab")
        same(w.page.evaluate("document.activeElement.className"), "skip")
        w.page.keyboard.press("Enter")
        same(w.page.evaluate("document.activeElement.id"), "table")
        for _ in range(60):
            w.page.keyboard.press("Tab")
            if w.page.evaluate("document.activeElement.dataset.cell") is not None:
                break
        first = w.page.evaluate("document.activeElement.textContent")
        w.page.keyboard.press("Enter")
        same(w.page.evaluate("document.activeElement.id"), "cell-title")
        title = w.page.text_content("#cell-title")
        same(title.startswith(first), True)
        w.page.keyboard.press("ArrowRight")
        same(w.page.text_content("#cell-title") != title, True)
        w.page.keyboard.press("ArrowLeft")
        same(w.page.text_content("#cell-title"), title)
        w.page.keyboard.press("Escape")
        same(w.page.evaluate("[document.querySelector('dialog').open, document.activeElement.textContent]"),
             [False, first])


def chart_links_by_keyboard(report):
    with report.page() as w:
        w.page.locator("svg.bars a").first.focus()
        w.page.keyboard.press("Enter")
        same(w.page.is_visible("dialog mark"), True)


def column(w, n):
    return w.page.locator(f"#rows tbody tr td:nth-child({n})").all_text_contents()


def sorts(report):
    with report.page() as w:
        w.page.click("#sort-value")
        same(w.page.get_attribute("#rows th:has(#sort-value)", "aria-sort"), "descending")
        same(column(w, 6)[0], "over 17,000,000")
        w.page.keyboard.press("Enter")
        same(w.page.get_attribute("#rows th:has(#sort-value)", "aria-sort"), "ascending")
        numbers = [float(t.split()[-1].split("–")[0].replace(",", "")) for t in column(w, 6) if "/" not in t]
        same(numbers, sorted(numbers))


def filters(report):
    with report.page() as w:
        w.page.check("#filter-conflict")
        same(w.page.text_content("#count"), "Cells: 3")
        same(column(w, 9), ["▲ conflict"] * 3)
        w.page.click("text=Reset")
        w.page.fill("#filter-text", "厦门 courier")
        same(w.page.text_content("#count"), "Cells: 1")
        w.page.fill("#filter-text", "no such place")
        same(w.page.is_visible("text=Nothing meets these filters."), True)
        w.page.click("text=Reset")
        w.page.select_option("#filter-province", "350000")
        names = w.page.locator("#rows tbody th").all_text_contents()
        same({"厦门市", "泉州市", "Fujian"} <= set(names), True)
        same("Macau" in names, False)


def pages_rows(report):
    with report.page("many") as w:
        same(w.page.locator("#rows tbody tr").count(), ROWS)
        first = w.page.locator("#rows tbody th").first.text_content()
        w.page.click("#rows .pager >> text=Next")
        same(w.page.locator("#rows .pager span").text_content().startswith("2 of "), True)
        same(w.page.locator("#rows tbody tr").count(), ROWS)
        w.page.click("#rows .pager >> text=Previous")
        same(w.page.locator("#rows tbody th").first.text_content(), first)


def pages_figures(report):
    with report.page("many") as w:
        w.page.click("#sort-figures")
        n = int(column(w, 7)[0])
        w.page.locator("#rows tbody button").first.click()
        same(w.page.locator("dialog .figure").count(), min(n, 20))


def cells_of(folder):
    with open(f"{folder}/regions.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def map_leads(report):
    with report.page() as w:
        # the series with Shanxi's own number: which one is shown first depends on the samples
        workers = w.page.locator("#pick option").filter(has_text="Workers in new forms of employment · stock").first
        w.page.select_option("#pick", workers.get_attribute("value"))
        w.page.click("section.series svg.tiles a:has(title:text('山西'))")
        same(w.page.text_content("dialog mark"), "约118.6万人")
        w.page.click("#close")
        w.page.click("section.series svg.tiles a:has(title:text('四川'))")
        same(w.page.input_value("#filter-province"), "510000")
        same(w.page.evaluate("document.activeElement.id"), "table")


def speaks_two_languages(report):
    with report.page() as w:
        same(w.page.inner_text("h1"), "Regional figures: Gig workers")
        w.page.check("#lang-zh")
        same(w.page.inner_text("h1"), "地区数字: 新就业群体")
        same(w.page.inner_text("#sort-region"), "地区")
        same(w.page.evaluate("document.documentElement.lang"), "zh")
    with report.page(language="zh-CN") as w:
        same(w.page.inner_text("h1"), "地区数字: 新就业群体")


def fixed_language(report):
    subprocess.run([HANTALLY, "report", f"{report.folder}/samples", "--lang", "zh"], check=True)
    try:
        with report.page() as w:
            same(w.page.inner_text("h1"), "地区数字: 新就业群体")
    finally:
        subprocess.run([HANTALLY, "report", f"{report.folder}/samples"], check=True)


def reads_without_script(report):
    with report.page(script=False) as w:
        same(w.page.locator("#cells tbody tr").count(), len(cells_of(f"{report.folder}/samples")))
        same(w.page.locator("#cells tr:has-text('118.6万') mark").first.text_content(), "约118.6万人")
        same(w.page.is_visible("svg.tiles >> nth=0"), True)
        w.page.check("#lang-zh")
        same(w.page.is_visible("text=无需 JavaScript 可读"), True)
        w.page.click("svg.bars a >> nth=0")
        same("#c" in w.page.url, True)


def prints(report):
    with report.page() as w:
        w.page.emulate_media(media="print")
        for hidden in (".filters", ".pager", "#contents", ".language"):
            same((hidden, w.page.locator(hidden).first.is_visible()), (hidden, False))
        same(w.page.is_visible("section.series svg.tiles"), True)
        same(len(w.page.pdf(format="A4")) > 10000, True)


def accessible(report, name, width, language, dark, in_dialog):
    with report.page(name, width=width, language=language, dark=dark) as w:
        if in_dialog:
            w.page.locator("#rows tbody button").first.click()
        same(axe_faults(w.page), [])


def accessible_without_script_elements(report):
    with report.page() as w:
        w.page.select_option("#pick", "all")
        same(axe_faults(w.page), [])


def fits_a_phone(report, name):
    with report.page(name, width=390) as w:
        same(w.page.evaluate("document.documentElement.scrollWidth"), 390)
        w.page.locator("#rows tbody button").first.click()
        same(w.page.evaluate("document.querySelector('dialog').scrollWidth <= 390"), True)


def hostile_text_is_text(report):
    with report.page("hostile") as w:
        same(w.page.evaluate("window.broken"), None)
        w.page.locator("#rows tbody button").first.click()
        same(w.page.evaluate("window.broken"), None)
        same(w.complaints, [])
        same(w.page.locator("dialog script, dialog img, dialog a").count(), 0)
        text = w.page.text_content("dialog")
        same(hostile.SCRIPT in text, True)
        same("\u202e" in text or "\u2067" in text, False)
        same("&amp;&lt;b&gt;" in text, True)
        marks = w.page.locator("dialog mark").all_text_contents()
        same(sorted(marks), ["11人", "11人", "12345人", "13人"])


def equal_numbers_are_told_apart(report):
    with report.page("hostile") as w:
        w.page.locator("#rows tbody button").first.click()
        before = w.page.evaluate("""[...document.querySelectorAll('dialog mark')].filter(m => m.textContent === '11人')
            .map(m => m.previousSibling.textContent.slice(-1))""")
        same(sorted(before), [">", "共"])


def long_sentence_is_cut(report):
    with report.page("hostile") as w:
        w.page.locator("#rows tbody button").first.click()
        text = w.page.text_content("blockquote:has(mark:text('12345人'))")
        same((text[0], text[-1]), ("…", "…"))
        same(len(text), 1000 + len("12345人") + 2)


def hostile_without_script(report):
    with report.page("hostile", script=False, width=390) as w:
        same(w.page.locator("main script, main img").count(), 0)
        for part in ("#cells table", "#cells td:last-child >> nth=0", "svg.tiles >> nth=0", "h1"):
            box = w.page.locator(part).bounding_box()
            same((part, box["x"] >= 0 and box["x"] + box["width"] <= 390), (part, True))


def empty_run(report):
    with report.page("empty") as w:
        same(w.complaints, [])
        same(w.page.is_visible("text=No cell:"), True)


def main():
    tests = Tests("report")
    with tempfile.TemporaryDirectory() as folder, browser() as opened:
        make_reports(folder)
        report = Report(opened, folder)
        for name in ("samples", "many", "hostile"):
            tests.run(f"{name}: nothing is asked of the network, nothing complains", is_alone, report, name)
        tests.run("no other script runs", runs_no_other_script, report)
        tests.run("a click on a row shows the figures of the cell", shows_a_cell, report)
        tests.run("by keyboard alone", keyboard_alone, report)
        tests.run("charts by keyboard", chart_links_by_keyboard, report)
        tests.run("sorts", sorts, report)
        tests.run("filters", filters, report)
        tests.run("pages of rows", pages_rows, report)
        tests.run("pages of figures", pages_figures, report)
        tests.run("the map leads to cells and provinces", map_leads, report)
        tests.run("two languages", speaks_two_languages, report)
        tests.run("--lang", fixed_language, report)
        tests.run("without JavaScript", reads_without_script, report)
        tests.run("prints", prints, report)
        for width, language, dark in ((1280, "en-US", False), (1280, "zh-CN", True), (390, "zh-CN", False),
                                      (390, "en-US", True)):
            for inside in (False, True):
                what = f"axe {width} {language} {'dark' if dark else 'light'}{' cell' if inside else ''}"
                tests.run(what, accessible, report, "many", width, language, dark, inside)
        tests.run("axe all series", accessible_without_script_elements, report)
        for name in ("samples", "many", "hostile"):
            tests.run(f"{name} fits a phone", fits_a_phone, report, name)
        tests.run("hostile text is text", hostile_text_is_text, report)
        tests.run("equal numbers in a sentence", equal_numbers_are_told_apart, report)
        tests.run("a long sentence", long_sentence_is_cut, report)
        tests.run("hostile text without JavaScript", hostile_without_script, report)
        tests.run("an empty run", empty_run, report)
    tests.end()


main()

"""How fast report.html is in the browser: its size, first paint, a click on a cell, a filter, a sort.

usage: report.py HANTALLY [FIGURES [ROUNDS]]      default: 50000 figures, 5 rounds
Run by `make bench-report`, which puts Playwright on the path. Measured in the page itself, from the
click to the second frame after it; the middle of ROUNDS, and the slowest.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent
# From an event to the moment at which its answer is on the screen.
TIMED = """async act => {
    const start = performance.now();
    new Function(act)();
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - start;
}"""
ACTS = [
    ("click on a cell (row)", "document.querySelectorAll('#rows tbody button')[ROUND * 7].click()", True),
    ("click on a cell (map)", "[...document.querySelectorAll('section.series svg.tiles a')]"
     "[ROUND].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))", True),
    ("next cell", "document.getElementById('after').click()", False),
    ("filter by words", "document.getElementById('filter-text').value = '市 20' + (18 + ROUND);"
     "document.getElementById('filter-text').dispatchEvent(new Event('input'))", False),
    ("sort all cells by value", "document.getElementById('sort-value').click()", False),
    ("sort all cells by region", "document.getElementById('sort-region').click()", False),
    ("next page of rows", "document.querySelectorAll('#rows .pager button')[1].click()", False),
    ("another series", "const p = document.getElementById('pick'); p.selectedIndex = (ROUND + 1) % 8;"
     "p.dispatchEvent(new Event('change'))", False),
]


def make(hantally, figures, folder):
    lines = subprocess.run([sys.executable, HERE / "figures.py", str(figures)], check=True,
                           stdout=subprocess.PIPE).stdout
    subprocess.run([hantally, "stats", "-o", folder], input=lines, check=True)
    start = time.monotonic()
    subprocess.run([hantally, "report", folder], check=True)
    print(f"hantally report: {time.monotonic() - start:.2f} s")
    page = pathlib.Path(folder) / "report.html"
    print(f"report.html: {page.stat().st_size / 1e6:.2f} MB, {figures} figures")
    return page


def say(what, times):
    print(f"{what}: {statistics.median(times):.0f} ms (slowest {max(times):.0f})")


def measure(browser, page_file, rounds):
    paints, loads, times, requests = [], [], {name: [] for name, _, _ in ACTS}, []
    for number in range(rounds):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda r: requests.append(r.url))
        page.goto(page_file.as_uri())
        paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        loads.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        for name, act, closes in ACTS:
            if name == "next cell":
                page.evaluate("document.querySelectorAll('#rows tbody button')[0].click()")
            times[name].append(page.evaluate(TIMED, act.replace("ROUND", str(number))))
            if closes or name == "next cell":
                page.evaluate("document.getElementById('close').click()")
            if name == "filter by words":
                page.evaluate("document.querySelector('.filters button').click()")
        if number == 0:
            print(f"elements in the page: {page.evaluate('document.querySelectorAll(`*`).length')}")
        page.close()
    say("first contentful paint", paints)
    say("loaded", loads)
    for name, _, _ in ACTS:
        say(name, times[name])
    print(f"requests beside the page: {sum(r != page_file.as_uri() for r in requests)}")


def main():
    given = sys.argv[2:] + ["50000", "5"][len(sys.argv) - 2:]
    figures, rounds = int(given[0]), int(given[1])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = make(sys.argv[1], figures, folder)
        args = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=os.environ["chromium"], args=args)
        measure(browser, page, rounds)
        browser.close()


main()

"""What the browser tests share: a browser, a page whose network and console are watched, axe, TAP lines."""
import contextlib
import os
import pathlib
import sys
import traceback

from playwright.sync_api import sync_playwright

SERIOUS = ("serious", "critical")


class Tests:
    """Runs functions and says one line for each, as tests/tap.sh does."""

    def __init__(self, name):
        self.name, self.bad = name, 0

    def run(self, what, call, *args):
        try:
            call(*args)
            print(f"ok browser {self.name}: {what}", flush=True)
        except Exception as error:  # a failed test is a line, and the others go on
            self.bad += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__} {error} (line {place.lineno}: {place.line})"
            print(f"not ok browser {self.name}: {what}: {' '.join(reason.split())[:600]}", flush=True)

    def end(self):
        sys.exit(1 if self.bad else 0)


def same(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {got!r}, wanted {wanted!r}")


@contextlib.contextmanager
def browser():
    with sync_playwright() as playwright:
        # As root chromium has no sandbox to offer; elsewhere it keeps it.
        args = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
        opened = playwright.chromium.launch(executable_path=os.environ["chromium"], args=args)
        yield opened
        opened.close()


class Watched:
    """A page in a context of its own, with what it asked the network for and complained of."""

    def __init__(self, opened, address, width=1280, language="en-US", dark=False, script=True):
        self.context = opened.new_context(
            viewport={"width": width, "height": 900}, locale=language, java_script_enabled=script,
            color_scheme="dark" if dark else "light")
        self.page = self.context.new_page()
        self.requests, self.complaints = [], []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.goto(address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


def axe_faults(page):
    """The serious faults that axe-core finds, each with the first place."""
    import axe_playwright_python
    source = pathlib.Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]
            if v["impact"] in SERIOUS]

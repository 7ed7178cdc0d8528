#!/bin/sh
# Opens the pages that hantally writes in Debian's chromium, driven by Playwright.
# usage: run.sh HANTALLY [TEST...]     TEST: a file of this folder without .py; default: every test_*.py
# Skips with a line where there is no chromium, or Playwright cannot be had.
set -u
LC_ALL=C.UTF-8
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tap.sh"
hantally=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
export hantally
shift

chromium=$(command -v chromium || command -v chromium-browser) || {
    skip browser 'no chromium'
    exit 0
}
export chromium
timeout 60 "$chromium" --headless --no-sandbox --disable-dev-shm-usage --dump-dom about:blank >/dev/null 2>&1 || {
    skip browser 'chromium does not start here'
    exit 0
}
# shellcheck source=tests/browser/packages.sh
. "$here/packages.sh"
browser_packages || {
    skip browser "Playwright cannot be had: $why"
    exit 0
}

[ $# -gt 0 ] || set -- $(cd "$here" && ls test_*.py | sed 's/\.py$//')
status=0
for test; do
    python3 "$here/$test.py" || status=1
done
exit $status

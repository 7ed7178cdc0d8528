#!/bin/sh
# The times of report.html in Debian's chromium. usage: report.sh HANTALLY [FIGURES [ROUNDS]]
set -eu
here=$(cd "$(dirname "$0")/../tests/browser" && pwd)
chromium=$(command -v chromium) || { echo 'report.sh: no chromium' >&2; exit 1; }
export chromium
. "$here/packages.sh"
browser_packages || { echo "report.sh: Playwright cannot be had: $why" >&2; exit 1; }
exec python3 "$(dirname "$0")/report.py" "$@"

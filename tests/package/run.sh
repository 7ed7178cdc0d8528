#!/bin/sh
# datapackage.json is held against the reference implementation of Data Packages, hantally.db and the
# workbook against the CSV files, on the sample articles.
# usage: run.sh HANTALLY
# The pinned package lies in the build folder once it was fetched; without it those tests are skipped.
set -u
LC_ALL=C.UTF-8
export LC_ALL
package=$(cd "$(dirname "$0")" && pwd)
. "$package/../tap.sh"
hantally=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
samples=$package/../../samples
python=${PYTHON:-python3}
modules=$(dirname "$hantally")/python

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
"$hantally" run "$samples" -o OUT --keep-text --xlsx >log 2>&1 &&
    "$hantally" run "$samples" -o EXCEL --excel --all-quantities --scope all >log 2>&1 || {
    not_ok 'package' "run fails: $(head -n 1 log)"
    exit 1
}

for out in OUT EXCEL; do
    if "$python" "$package/views.py" $out >log 2>&1; then
        ok "package: the views of hantally.db give the CSV files ($out)"
    else
        not_ok "package: the views of hantally.db give the CSV files ($out)" "$(tail -n 1 log)"
    fi
done

PYTHONPATH=$modules
export PYTHONPATH
"$python" -c 'import frictionless, openpyxl' 2>/dev/null || {
    mkdir -p "$modules"
    "$python" -m pip install -q --no-deps --target "$modules" -r "$package/requirements.txt" >log 2>&1
}
if ! "$python" -c 'import frictionless, openpyxl' 2>/dev/null; then
    skip 'package: frictionless and openpyxl' "it cannot be installed: $(tail -n 1 log)"
    exit "$bad"
fi

if "$python" "$package/workbook.py" OUT >log 2>&1; then
    ok 'package: tables.xlsx holds the tables'
else
    not_ok 'package: tables.xlsx holds the tables' "$(tail -n 1 log)"
fi

# valid FOLDER: does the package hold, and every table its schema?
valid() {
    "$python" -m frictionless validate "$1/datapackage.json" >log 2>&1
}
for out in OUT EXCEL; do
    if valid $out; then
        ok "package: frictionless finds $out valid"
    else
        not_ok "package: frictionless finds $out valid" "$(grep -m 1 error log)"
    fi
done

# spoil WHAT FILE SED: a schema that lets this through would say nothing
spoil() {
    rm -rf BAD
    cp -r OUT BAD
    sed -i "$3" "BAD/$2"
    # the number of bytes would give it away by itself
    sed -i 's/, "bytes": [0-9]*//' BAD/datapackage.json
    if cmp -s "OUT/$2" "BAD/$2"; then
        not_ok "package: $1 is refused" 'nothing was spoilt'
    elif valid BAD; then
        not_ok "package: $1 is refused" 'frictionless finds it valid'
    else
        ok "package: $1 is refused"
    fi
}
spoil 'a code of five digits' regions.csv '2s/,\([0-9]\{5\}\)[0-9],/,\1,/'
spoil 'an unknown qualifier' regions.csv 's/,exact,/,exactly,/'
spoil 'a figure of no article' figures.csv '2s/,a[0-9a-f]\{16\},/,a0000000000000000,/'
spoil 'a cell of no region' cells.csv '2s/^c[0-9a-f]\{16\}/c0000000000000000/'
spoil 'an id given twice' articles.csv '3s/^a[0-9a-f]\{16\}/ab25c9e8f67ec4d18/'
spoil 'a number that is none' table-workers.csv 's/,17000000,/,17 million,/'
exit "$bad"

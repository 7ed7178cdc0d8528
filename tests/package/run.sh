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

# The files that not every run has: sums, ratios, divisions that are no more, verdicts of all kinds.
cat >old.txt <<'END'
北京城区新就业群体情况
截至2009年底，崇文区新就业群体达7000人。
截至2009年底，东城区新就业群体达1.2万人。
截至2014年底，密云县新就业群体达5000人，巢湖市没有统计。
END
cat >own.csv <<'END'
region_code,period,population,"GDP, 亿元"
110101,,900000,
140000,,34500000,26494.1
371300,2025,11000000,6000.50
END
"$hantally" run "$samples" old.txt -o MORE >log 2>&1 &&
    "$hantally" sample MORE >sample.csv 2>log &&
    awk -F, -v OFS=, 'NR == 2 { $3 = "wrong"; $4 = "value"; $5 = "77" }
        NR == 3 { $3 = "wrong"; $4 = "no-statistic" } NR > 3 && NR < 9 { $3 = "right" }
        NR < 9' sample.csv | "$hantally" verdicts import MORE - >log 2>&1 &&
    "$hantally" run "$samples" old.txt -o MORE --rollup --boundaries 2024-12-31 --join own.csv \
        --verdicts MORE/verdicts.db --xlsx >log 2>&1 || {
    not_ok 'package' "a run with everything fails: $(head -n 1 log)"
    exit 1
}
for file in rollup ratios boundaries corrections quality; do
    if [ "$(wc -l <MORE/$file.csv)" -gt 1 ]; then
        ok "package: $file.csv has rows to look at"
    else
        not_ok "package: $file.csv has rows to look at" 'it holds nothing'
    fi
done

for out in OUT EXCEL MORE; do
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

for out in OUT MORE; do
    more=
    [ $out = MORE ] && more='rollup.csv ratios.csv boundaries.csv corrections.csv'
    # shellcheck disable=SC2086 # words
    if "$python" "$package/workbook.py" $out $more >log 2>&1; then
        ok "package: tables.xlsx holds the tables ($out)"
    else
        not_ok "package: tables.xlsx holds the tables ($out)" "$(tail -n 1 log)"
    fi
done

# valid FOLDER: does the package hold, and every table its schema?
valid() {
    "$python" -m frictionless validate "$1/datapackage.json" >log 2>&1
}
for out in OUT EXCEL MORE; do
    if valid $out; then
        ok "package: frictionless finds $out valid"
    else
        not_ok "package: frictionless finds $out valid" "$(grep -m 1 error log)"
    fi
done

# spoil WHAT FILE SED [FOLDER]: a schema that lets this through would say nothing
spoil() {
    from=${4:-OUT}
    rm -rf BAD
    cp -r "$from" BAD
    sed -i "$3" "BAD/$2"
    # the number of bytes would give it away by itself
    sed -i 's/, "bytes": [0-9]*//' BAD/datapackage.json
    if cmp -s "$from/$2" "BAD/$2"; then
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
spoil 'a ratio of no cell' ratios.csv '2s/^c[0-9a-f]\{16\}/c0000000000000000/' MORE
spoil 'a ratio that is none' ratios.csv '2s/,population,\([^,]*\),[^,]*,/,population,\1,some,/' MORE
spoil 'an unknown change' boundaries.csv '2s/,renamed,\|,merged,\|,split,/,conquered,/' MORE
spoil 'an unknown effect' corrections.csv 's/,left out,/,forgotten,/' MORE
spoil 'parts of no kind' rollup.csv 's/,children,/,cousins,/' MORE
exit "$bad"

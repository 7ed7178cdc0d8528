#!/bin/sh
# Installs what is missing, builds, reads the articles in samples/ and shows the regional table.
# usage: sh demo.sh [OUT]     OUT: the folder to write; default out-demo
set -eu
cd "$(dirname "$0")"
out=${1:-out-demo}

sh setup.sh
make -s -j "$(nproc 2>/dev/null || echo 2)"
build/hantally run samples -o "$out"

# Chosen columns of a CSV file, padded by the width that characters have on the screen: bytes count,
# so a character of three bytes or more is two wide.
LC_ALL=C awk -v wanted='region indicator subtype measure period qualifier value unit' '
function split_csv(line, cells,    n, c, i, quoted) {
    n = 1
    split("", cells)
    cells[1] = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") quoted = !quoted
        else if (c == "," && !quoted) cells[++n] = ""
        else cells[n] = cells[n] c
    }
    return n
}
function width(text,    copy) {
    copy = text
    return length(text) - gsub(/[\340-\357]/, "", copy)
}
{
    n = split_csv($0, cells)
    if (NR > 1 && cells[place["value"]] == "") next
    rows++
    if (NR == 1)
        for (i = 1; i <= n; i++) place[cells[i]] = i
    for (k = 1; k <= split(wanted, names, " "); k++) {
        cell[rows, k] = cells[place[names[k]]]
        w = width(cell[rows, k])
        if (w > widest[k]) widest[k] = w
    }
}
END {
    for (r = 1; r <= rows; r++) {
        line = ""
        for (k = 1; (r, k) in cell; k++)
            line = line sprintf("%s%*s", cell[r, k], widest[k] - width(cell[r, k]) + 2, "")
        sub(/ +$/, "", line)
        print line
    }
}' "$out/regions.csv"
echo
echo "All of it is in $out/: see docs/outputs.md."

#!/bin/sh
# Measures on articles and suites that are not part of this project, where they lie beside it.
# usage: score.sh HANTALLY
set -eu
hantally=$1
shared=$(dirname "$0")/../../shared
. "$(dirname "$0")/tap.sh"
if [ ! -x "$shared/score/score.py" ]; then
    skip 'score' 'no shared scorers beside the project'
    exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# measure NAME COMMAND...: prints what it says; a scorer that fails is a failed test
measure() {
    name=$1
    shift
    if "$@" >"$out/log" 2>&1; then
        ok "score $name"
    else
        not_ok "score $name" 'the scorer failed'
    fi
    sed 's/^/    /' "$out/log"
}

run() {
    folder=$1
    shift
    "$hantally" run "$@" -o "$out/$folder" --keep-text 2>"$out/log" || sed 's/^/    /' "$out/log"
}

run seeds "$shared"/seeds/*.txt
measure seeds "$shared/score/score.py" "$out/seeds" "$shared/gold"
measure 'regional table of the seeds' python3 "$(dirname "$0")/region_table.py" "$out/seeds" \
    "$shared/gold/expected_region_table.csv" "$shared/gold" --least 90
run written "$shared"/gold2/raw/*
measure written "$shared/score/score.py" "$out/written" "$shared/gold2"
run pages "$shared"/pages/*.html
measure pages "$shared/score/pages.py" "$out/pages" "$shared/pages"
measure numbers "$shared/score/suites.py" "$hantally explain --jsonl --all-quantities" \
    "$shared"/numbers/suites/*.jsonl
measure places "$shared/score/places.py" "$hantally explain --jsonl" "$shared"/regions/suites/*.jsonl
exit $bad

#!/bin/sh
# Runs the samples and compares every table with the recorded one, then measures against the gold.
# usage: run.sh HANTALLY [--record]     --record: write the tables down instead of comparing
set -eu
hantally=$1
golden=$(dirname "$0")
samples=$golden/../../samples
dictionaries=$(dirname "$hantally")/fetched/sources.txt
. "$golden/../tap.sh"

compare_tables() {
    for file in "$golden"/expected/*.csv "$out"/1/*.csv; do
        name=${file##*/}
        [ -e "$file" ] || continue
        case $file in
        "$out"/*) [ ! -e "$golden/expected/$name" ] || continue ;;
        esac
        if cmp -s "$golden/expected/$name" "$out/1/$name"; then
            ok "golden $name"
        else
            not_ok "golden $name" 'differs from the recorded one (make golden-record, then read the diff)'
            diff -U0 "$golden/expected/$name" "$out/1/$name" 2>&1 | head -n 20 | cut -c 1-300 >&2 || :
        fi
    done
}

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
if ! "$hantally" run "$samples" -o "$out/1" --keep-text --jobs 1 2>"$out/log"; then
    not_ok 'golden run' "$(tail -n 1 "$out/log")"
    exit 1
fi
ok 'golden run'

if [ "${2:-}" = --record ]; then
    rm -f "$golden"/expected/*.csv
    cp "$out"/1/*.csv "$golden/expected/"
    cp "$dictionaries" "$golden/expected/dictionaries.txt"
    exit 0
fi

# Another edition of the dictionaries writes a few characters otherwise: no mistake of the program.
if cmp -s "$dictionaries" "$golden/expected/dictionaries.txt"; then
    compare_tables
else
    skip 'golden tables' 'built with other dictionaries than those recorded'
fi

"$hantally" run "$samples" -o "$out/2" --keep-text --jobs 2 2>/dev/null || :
if diff -r -x run.json "$out/1" "$out/2" >/dev/null; then
    ok 'golden same with two threads'
else
    not_ok 'golden same with two threads' 'the outputs differ'
fi

# measure NAME FLOORS COMMAND...: the scores that the command prints, each with the least that it must be
measure() {
    set_name=$1 floors=$2
    shift 2
    "$@" >"$out/scores" 2>"$out/log" || :
    for floor in $(grep -v '^#' "$floors"); do
        name=${floor%=*} least=${floor#*=}
        score=$(sed -n "s/.*\"$name\": *\([0-9.]*\).*/\1/p" "$out/scores")
        if awk -v score="${score:--1}" -v least="$least" 'BEGIN { exit score + 0 < least + 0 }'; then
            ok "$set_name $name is $score"
        else
            not_ok "$set_name $name" "${score:-unknown} is below $least"
        fi
    done
}

# traced NAME OUT FILES...: every figure's bytes in its source are its source_text
traced() {
    if message=$(python3 "$golden/trace.py" "$2" "$3" 2>&1); then
        ok "$1 $message"
    else
        not_ok "$1 every figure leads to its bytes" "$message"
    fi
}

measure 'golden' "$golden/floors.txt" "$hantally" evaluate "$out/1" "$golden/gold" --json
traced 'golden' "$out/1" "$samples"
for set in a b c d e; do
    "$hantally" run "$golden/blind/$set/raw" -o "$out/$set" --keep-text 2>/dev/null || :
    floors=$golden/blind/$set/floors.txt
    [ -e "$floors" ] || floors=$golden/blind/floors.txt
    measure "blind $set" "$floors" \
        "$hantally" evaluate "$out/$set" "$golden/blind/$set" --json
    traced "blind $set" "$out/$set" "$golden/blind/$set/raw"
done
measure 'sentences' "$golden/sentences/floors.txt" \
    python3 "$golden/sentences/score.py" "$hantally" "$golden/sentences"
for set in a b c d; do
    pages=$golden/pages/$set
    "$hantally" run "$pages/raw" -o "$out/pages-$set" --keep-text --to keep 2>/dev/null || :
    measure "pages $set" "$pages/floors.txt" \
        python3 "$golden/pages/score.py" "$out/pages-$set" "$pages"
    traced "pages $set" "$out/pages-$set" "$pages/raw"
done
exit $bad

#!/bin/sh
# What happens when memory, the disk or threads give out: never a crash, never a hang, and never a
# folder that looks finished and is not.
# usage: run.sh HANTALLY
set -u
LC_ALL=C
export LC_ALL
fault=$(cd "$(dirname "$0")" && pwd)
. "$fault/../tap.sh"
hantally=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
files=$fault/../cli/files

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
if ! ${CC:-cc} -D_GNU_SOURCE -O1 -fPIC -shared -fno-builtin -o fault.so "$fault/fault.c" -ldl 2>log; then
    skip 'faults' "fault.c does not build here: $(head -n 1 log)"
    exit 0
fi
mkdir in
cp "$files/article.html" "$files/note.txt" in
: >in/empty
"$hantally" run in -o want --codebook "$files/mini.yaml" --keep-text --xlsx --jobs 1 2>log || {
    not_ok 'faults' "run fails without any: $(head -n 1 log)"
    exit 1
}
"$hantally" extract in --codebook "$files/mini.yaml" --jobs 1 >want.jsonl

# attempt KIND N COMMAND...: runs it with the N-th call failing; sets status and fired
attempt() {
    kind=$1 at=$2
    shift 2
    rm -rf OUT count
    timeout -s KILL 20 env HT_FAULT="$kind" HT_FAULT_AT="$at" HT_FAULT_LOG=count \
        LD_PRELOAD="$work/fault.so" "$hantally" "$@" >stdout 2>stderr
    status=$?
    [ -s count ] && [ "$(cat count)" -lt "$at" ] && fired= || fired=1
}

# complaint: what is wrong with the outcome of a run, or nothing
run_complaint() {
    case $status in
    0)
        [ -e OUT/run.json ] || { echo 'status 0 without run.json'; return; }
        # A document for which memory did not suffice is rejected by name; else nothing may differ.
        grep -q ',memory,' OUT/rejected.csv && return
        diff -r -x run.json want OUT >/dev/null || echo 'status 0 and another output'
        ;;
    3 | 4)
        [ -s stderr ] || echo 'no message'
        # Where only the last sync of the folder failed, what looks finished is.
        [ ! -e OUT/run.json ] || diff -r -x run.json want OUT >/dev/null ||
            echo "status $status, and OUT looks finished"
        ;;
    137) echo 'killed: it hangs, or was killed' ;;
    *) echo "status $status: $(head -n 1 stderr)" ;;
    esac
}
lines_complaint() {
    case $status in
    0) grep -q '"error":"memory"' stdout || cmp -s want.jsonl stdout || echo 'status 0 and another output' ;;
    3 | 4) [ -s stderr ] || echo 'no message' ;;
    137) echo 'killed: it hangs, or was killed' ;;
    *) echo "status $status: $(head -n 1 stderr)" ;;
    esac
}

# series NAME KIND COMPLAINT COMMAND...: every call up to the 12th, then in growing steps, until no
# call is left to fail
series() {
    name=$1 series_kind=$2 complaint=$3
    shift 3
    n=1 tried=0 wrong=
    while :; do
        attempt "$series_kind" "$n" "$@"
        [ -n "$fired" ] || break
        tried=$((tried + 1))
        said=$($complaint)
        [ -z "$said" ] || { wrong="$series_kind $n: $said"; break; }
        [ "$n" -lt 12 ] && n=$((n + 1)) || n=$((n * 5 / 4))
    done
    if [ -n "$wrong" ]; then
        not_ok "fault $name" "$wrong"
    elif [ "$tried" = 0 ]; then
        not_ok "fault $name" 'no call could be made to fail'
    else
        ok "fault $name ($tried places)"
    fi
}

run="run in -o OUT --keep-text --xlsx --jobs 2 --codebook $files/mini.yaml"
lines="extract in --jobs 2 --codebook $files/mini.yaml"
for kind in write sync rename thread memory; do
    series "run: $kind" $kind run_complaint $run
done
for kind in write thread memory; do
    series "extract: $kind" $kind lines_complaint $lines
done

# The same with all that the comparison can be asked for (not through `stats`: json-c itself does not
# survive the end of memory).
compared="--rollup --boundaries 2024-12-31 --period month --join $files/population.csv"
rm -r want
"$hantally" run in -o want --codebook "$files/mini.yaml" --keep-text --xlsx --jobs 1 $compared 2>log ||
    not_ok 'faults' "the comparison fails without any: $(head -n 1 log)"
for kind in write sync rename memory; do
    series "comparison: $kind" $kind run_complaint $run $compared
done

# Verdicts are in the file, all of them, or the import has failed and none is.
"$hantally" sample want >sample.csv
awk -F, -v OFS=, 'NR > 1 { $3 = "right" } 1' sample.csv >coded.csv
"$hantally" verdicts import want coded.csv --verdicts want.db 2>log
"$hantally" verdicts export want --verdicts want.db >want.csv
verdicts_complaint() {
    "$hantally" verdicts export want --verdicts got.db >got.csv 2>log || : >got.csv
    rows=$(wc -l <got.csv)
    case $status in
    0) cmp -s want.csv got.csv || echo 'status 0 and other verdicts' ;;
    3 | 4)
        [ -s stderr ] || echo 'no message'
        [ "$rows" -le 1 ] || cmp -s want.csv got.csv || echo "status $status and some of the verdicts"
        ;;
    137) echo 'killed: it hangs, or was killed' ;;
    *) echo "status $status: $(head -n 1 stderr)" ;;
    esac
    rm -f got.db got.db-journal
}
for kind in write sync memory; do
    rm -f got.db got.db-journal # the last attempt of a series succeeds
    series "verdicts import: $kind" $kind verdicts_complaint verdicts import want coded.csv --verdicts got.db
done
corrected="run in -o OUT --codebook $files/mini.yaml --keep-text --jobs 2 --verdicts want.db"
corrected_complaint() {
    case $status in
    0)
        grep -q ',memory,' OUT/rejected.csv && return
        cmp -s want2/corrections.csv OUT/corrections.csv && cmp -s want2/quality.csv OUT/quality.csv ||
            echo 'status 0 and another output'
        ;;
    3 | 4) [ -s stderr ] || echo 'no message' ;;
    137) echo 'killed: it hangs, or was killed' ;;
    *) echo "status $status: $(head -n 1 stderr)" ;;
    esac
}
"$hantally" run in -o want2 --codebook "$files/mini.yaml" --keep-text --verdicts want.db 2>log
for kind in write sync rename memory; do
    series "run --verdicts: $kind" $kind corrected_complaint $corrected
done

# An interrupted run ends by its signal and leaves no finished folder.
mkdir many
i=0
while [ $i -lt 1500 ]; do
    cat "$files/note.txt"
    i=$((i + 1))
done >many/0
while [ $i -gt 1460 ]; do
    cp many/0 many/$i
    i=$((i - 1))
done
"$hantally" run many -o OUT3 --codebook "$files/mini.yaml" 2>stderr &
pid=$!
sleep 0.1
kill -TERM $pid 2>/dev/null
wait $pid
status=$?
if [ $status = 143 ] && [ ! -e OUT3/run.json ]; then
    ok 'fault interrupted'
elif [ $status = 0 ] && [ -e OUT3/run.json ]; then
    skip 'fault interrupted' 'the run was done before the signal'
else
    not_ok 'fault interrupted' "status $status"
fi
exit "$bad"

#!/bin/sh
# hantally normalize --convert against OpenCC's own program with the same dictionaries, in one run:
# the same bytes must come out, and the CPU time of both is compared.
# usage: opencc.sh HANTALLY DICTIONARIES TEXT [MEGABYTES]
#   DICTIONARIES   the folder of OpenCC's text dictionaries that hantally was built with
#   TEXT           simplified text in UTF-8; it is repeated to MEGABYTES (default 50)
# The opencc that is measured is the one on the PATH, or $OPENCC.
set -eu
hantally=$1 dictionaries=$2 text=$3 megabytes=${4:-50}
opencc=${OPENCC:-opencc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$(dirname "$0")/../tests/opencc/configs.sh"
opencc_configs "$dictionaries" "$work"

seconds() { # of CPU: seconds OUT COMMAND...
    out=$1
    shift
    sh -c 'out=$1; shift; "$@" >"$out"; times' seconds "$out" "$@" | awk '
        NR == 2 { for (i = 1; i <= 2; i++) { split($i, t, "m"); sum += t[1] * 60 + t[2] }
                  print sum }'
}

: >"$work/hans"
while [ "$(wc -c <"$work/hans")" -lt $((megabytes * 1000000)) ]; do cat "$text" >>"$work/hans"; done
"$hantally" normalize --convert s2t "$work/hans" >"$work/hant"

status=0
"$opencc" --version 2>/dev/null | grep -m 1 -i version || :
for name in t2s s2t; do
    input=$work/hans
    [ $name = s2t ] || input=$work/hant
    theirs=$(seconds "$work/theirs" "$opencc" -c "$work/$name.json" -i "$input")
    ours=$(seconds "$work/ours" "$hantally" normalize --convert $name "$input")
    same='the same bytes'
    if ! cmp -s "$work/theirs" "$work/ours"; then
        same='OTHER BYTES'
        status=1
    fi
    bytes=$(wc -c <"$input")
    awk -v name=$name -v theirs="$theirs" -v ours="$ours" -v bytes="$bytes" -v same="$same" 'BEGIN {
        printf "%s, %.0f MB: opencc %.1f MB/s, hantally %.1f MB/s: %.0f times, %s\n",
            name, bytes / 1e6, bytes / 1e6 / theirs, bytes / 1e6 / ours, theirs / ours, same }'
done
exit $status

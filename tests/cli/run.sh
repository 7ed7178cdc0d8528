#!/bin/sh
# Runs every case of the command line and compares standard output, standard error and status.
# usage: run.sh HANTALLY [--record] [CASE...]   --record: write down what comes out instead
#
# A case is a folder under cases/ with `cmd`, a shell script that runs in an empty folder and knows
#   $hantally   the program      $files   tests/cli/files
# and with `stdout`, `stderr` (missing: empty) and `status` (missing: 0), which must be met exactly.
set -u
LC_ALL=C
export LC_ALL
unset CDPATH
cli=$(cd "$(dirname "$0")" && pwd)
. "$cli/../tap.sh"
hantally=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
files=$cli/files
export hantally files
shift
record=
[ "${1:-}" != --record ] || { record=1; shift; }
[ $# -gt 0 ] || set -- $(cd "$cli/cases" && ls)

work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

# same FILE EXPECTED: equal, where a missing expected file stands for an empty one
same() {
    if [ -e "$2" ]; then cmp -s "$1" "$2"; else [ ! -s "$1" ]; fi
}
keep() {
    if [ -s "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi
}

for case; do
    dir=$cli/cases/$case
    rm -rf "$work/in"
    mkdir "$work/in"
    (cd "$work/in" && sh "$dir/cmd") >"$work/stdout" 2>"$work/stderr" </dev/null
    echo $? >"$work/status"
    [ "$(cat "$work/status")" != 0 ] || : >"$work/status"
    if [ -n "$record" ]; then
        for part in stdout stderr status; do keep "$work/$part" "$dir/$part"; done
        continue
    fi
    wrong=
    for part in stdout stderr status; do
        same "$work/$part" "$dir/$part" && continue
        wrong="$wrong $part"
        if [ -e "$dir/$part" ]; then diff -u "$dir/$part" "$work/$part"; else cat "$work/$part"; fi |
            head -n 20 | cut -c 1-200 >&2
    done
    if [ -z "$wrong" ]; then ok "cli $case"; else not_ok "cli $case" "other$wrong"; fi
done
exit "$bad"

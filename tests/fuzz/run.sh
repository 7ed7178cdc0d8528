#!/bin/sh
# Every input of corpus/TARGET/ through its target once: no crash, no broken promise, no hang.
# usage: run.sh FOLDER   (of the programs: build/fuzz)
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tap.sh"
for corpus in "$here"/corpus/*/; do
    target=$(basename "$corpus")
    for input in "$corpus"*; do
        name="fuzz $target $(basename "$input")"
        said=$(timeout -s KILL 60 "$1/$target" "$input" 2>&1 >/dev/null)
        status=$?
        if [ $status = 0 ]; then
            ok "$name"
        else
            not_ok "$name" "status $status: $(echo "$said" | grep -m 1 -E 'ERROR|error|not so' || echo "$said" | head -n 1)"
        fi
    done
done
exit "$bad"

#!/bin/sh
# A folder includes only itself and the folders before it.
# usage: layers.sh FOLDER...     in order of dependency, as the Makefile's FOLDERS has them
set -eu
cd "$(dirname "$0")/.."

rank() {
    name=$1
    shift
    n=0
    for folder; do
        n=$((n + 1))
        [ "$folder" != "$name" ] || break
    done
    [ "$folder" = "$name" ] && echo "$n" || echo 0
}

bad=0
own=0
for folder; do
    own=$((own + 1))
    for file in "$folder"/*.[ch]; do
        [ -f "$file" ] || continue
        for header in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$file"); do
            from=${header%/*}
            other=$(rank "$from" "$@")
            if [ "$other" = 0 ]; then
                echo "$file: $header is in no folder of the project"
                bad=1
            elif [ "$other" -gt "$own" ]; then
                echo "$file: $folder may not include $header"
                bad=1
            fi
        done
    done
done
exit $bad

#!/bin/sh
# hantally normalize --convert against OpenCC's own program with the same dictionaries: the same bytes.
# usage: run.sh HANTALLY
set -eu
hantally=$1
here=$(cd "$(dirname "$0")" && pwd)
dictionaries=$(dirname "$hantally")/fetched/opencc
. "$here/../tap.sh"
. "$here/configs.sh"
for program in opencc opencc_dict; do
    command -v $program >/dev/null 2>&1 || {
        skip 'opencc' "no $program on this machine"
        exit 0
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
opencc_configs "$dictionaries" "$work"

# Text of both scripts: the samples, and sentences full of characters that have several forms.
for f in "$here"/../../samples/*; do
    "$hantally" normalize --to keep --repair off "$f"
done >"$work/text"
cat "$here/sentences.txt" >>"$work/text"

for config in "$work"/*.json; do
    name=$(basename "$config" .json)
    grep -q '"dicts":\[{' "$config" || {
        skip "opencc $name" 'this edition of the dictionaries has none of its own'
        continue
    }
    opencc -c "$config" -i "$work/text" -o "$work/theirs"
    "$hantally" normalize --convert "$name" "$work/text" >"$work/ours"
    if cmp -s "$work/theirs" "$work/ours"; then
        ok "opencc $name"
    else
        not_ok "opencc $name" "$(cmp "$work/theirs" "$work/ours" 2>&1 | sed 's/.*: //')"
    fi
done
exit "$bad"

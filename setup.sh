#!/bin/sh
# Installs what hantally is built with and is not there yet (Debian, Ubuntu). Run by `make setup`.
# usage: sh setup.sh [test]     test: also what the tests need
set -eu

packages='gcc make pkg-config libc6-dev libxml2-dev libpcre2-dev libsqlite3-dev libyaml-dev
libjson-c-dev libxxhash-dev libmicrohttpd-dev libxlsxwriter-dev zlib1g-dev python3 python3-pip opencc libopencc-data python3-jieba golang-github-mozillazg-go-pinyin-dev'
[ "${1:-}" != test ] || packages="$packages libcmocka-dev clang cppcheck"

command -v dpkg-query >/dev/null 2>&1 || {
    echo "setup.sh: no Debian or Ubuntu. Install by your system's means:" $packages >&2
    exit 1
}

# The pages are tested in Debian's chromium; Ubuntu has none as a package. Tests without it are skipped.
optional=
[ "${1:-}" != test ] || [ "$(. /etc/os-release && echo "$ID")" != debian ] || optional=chromium

# absent PACKAGE...: those that are not installed
absent() {
    for package; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || :)
        [ "$state" = installed ] || printf ' %s' "$package"
    done
}
# shellcheck disable=SC2086
missing=$(absent $packages) wished=$(absent $optional)
if [ -z "$missing$wished" ]; then
    echo 'setup.sh: everything is there'
    exit 0
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "setup.sh: neither root nor sudo. Ask for:$missing$wished" >&2
        [ -n "$missing" ] && exit 1
        exit 0
    }
    as_root=sudo
fi
echo "setup.sh: installing$missing$wished"
$as_root apt-get update -q
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
# shellcheck disable=SC2086
[ -z "$missing" ] || install $missing
# shellcheck disable=SC2086
[ -z "$wished" ] || install $wished || echo "setup.sh: not to be had:$wished; tests that need it are skipped"

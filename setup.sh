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

missing=
for package in $packages; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || :)
    [ "$state" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
    echo 'setup.sh: everything is there'
    exit 0
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "setup.sh: neither root nor sudo. Ask for:$missing" >&2
        exit 1
    }
    as_root=sudo
fi
echo "setup.sh: installing$missing"
$as_root apt-get update -q
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing

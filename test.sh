#!/bin/sh
# Installs what is missing, builds, runs every test, and the same under the sanitizers.
# usage: sh test.sh [quick]     quick: without analyser and sanitizers
set -u
cd "$(dirname "$0")" || exit 1
jobs=$(nproc 2>/dev/null || echo 2)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0

count() {
    n=$(grep -c -E "$1" "$log") || :
    echo "$n"
}

# suite NAME COMMAND...: shows and counts its lines; one that ends badly without a failed test is one.
suite() {
    name=$1
    shift
    echo "== $name"
    "$@" >"$log" 2>&1
    status=$?
    grep -v -E '^(ok |[0-9]+\.\.[0-9]+)' "$log"
    skips=$(count '^(skip |(not )?ok .*# SKIP)')
    good=$(grep -E '^ok ' "$log" | grep -c -v '# SKIP') || :
    wrong=$(grep -E '^not ok ' "$log" | grep -c -v '# SKIP') || :
    [ $status = 0 ] || [ "$wrong" != 0 ] || wrong=1
    echo "   $good passed, $wrong failed, $skips skipped"
    passed=$((passed + good)) failed=$((failed + wrong)) skipped=$((skipped + skips))
}

# one NAME COMMAND...: a command that is a test by itself
one() {
    name=$1
    shift
    echo "== $name"
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
    else
        cat "$log"
        failed=$((failed + 1))
    fi
}

unit_tests() {
    status=0
    for program in $(make -s B="$1" unit-programs); do
        CMOCKA_MESSAGE_OUTPUT=TAP "$program" || {
            echo "# $program ended with $?"
            status=1
        }
    done
    return $status
}

tests_of() {
    suite "unit ($1)" unit_tests "$1"
    suite "command line ($1)" sh tests/cli/run.sh "$1/hantally"
    suite "golden ($1)" sh tests/golden/run.sh "$1/hantally"
    suite "hostile pages ($1)" sh tests/hostile/run.sh "$1/hantally"
    suite "opencc ($1)" sh tests/opencc/run.sh "$1/hantally"
    suite "fuzz corpus ($1)" sh tests/fuzz/run.sh "$1/fuzz"
}

closing_line() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
    exit
}

one 'setup' sh setup.sh test
one 'build' make -j "$jobs" all unit-build
[ "$failed" = 0 ] || closing_line
tests_of build
suite 'browser' sh tests/browser/run.sh build/hantally
suite 'package' sh tests/package/run.sh build/hantally
suite 'faults' sh tests/fault/run.sh build/hantally
one 'layers' make -s layers
if [ "${1:-}" != quick ]; then
    one 'lint' make -s -j "$jobs" lint
    before=$failed
    one 'build with sanitizers' make -s -j "$jobs" asan-build
    [ "$failed" != "$before" ] || tests_of build-asan
fi
suite 'scores' sh tests/score.sh build/hantally
closing_line

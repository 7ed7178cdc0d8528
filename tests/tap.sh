# What the shell tests share: they say one line a test, which test.sh counts.
#   ok NAME | not ok NAME: REASON | skip NAME: REASON

bad=0
ok() { echo "ok $1"; }
not_ok() {
    echo "not ok $1: $2"
    bad=1
}
skip() { echo "skip $1: $2"; }

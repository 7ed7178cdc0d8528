# browser_packages: puts requirements.txt beside the tests into build/browser once, and on PYTHONPATH.
# Fails, and says in $why, where they cannot be had. Expects $here (tests/browser).
browser_packages() {
    browser=$here/../../build/browser
    wanted=$here/requirements.txt
    if ! cmp -s "$wanted" "$browser/requirements.txt"; then
        rm -rf "$browser"
        mkdir -p "$browser" || { why='no folder to put it in'; return 1; }
        python3 -m pip install -q --no-deps --only-binary :all: --target "$browser" -r "$wanted" \
            >"$browser/log" 2>&1 || { why=$(tail -n 1 "$browser/log"); return 1; }
        cp "$wanted" "$browser/requirements.txt"
    fi
    PYTHONPATH=$browser PYTHONDONTWRITEBYTECODE=1
    export PYTHONPATH PYTHONDONTWRITEBYTECODE
    python3 -c 'import playwright.sync_api' 2>/dev/null || { why='it does not load'; return 1; }
}

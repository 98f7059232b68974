#!/usr/bin/env bash
# The journeys in a real browser, against the program that LINGXUE_TEST_BIN names (default: the debug build).
# With words, only the files whose name contains one of them: `scripts/test-browser.sh learner office`.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

"$SCRIPTS/ensure-packages.sh" chromium fonts-noto-cjk
export LINGXUE_TEST_BIN=${LINGXUE_TEST_BIN:-$(target_folder)/debug/lingxue}
[[ -x $LINGXUE_TEST_BIN ]] || die "There is no program to test at $LINGXUE_TEST_BIN." \
    "Build it first: cargo build --package gateway --bin lingxue"

files=()
for file in tests/browser/*.test.mjs; do
    if (($# == 0)); then files+=("$file"); fi
    for word in "$@"; do
        if [[ $file == *"$word"* ]]; then files+=("$file"); fi
    done
done
((${#files[@]})) || die "No journey is named like: $*"

# The demo training is filled in once and copied for each file.
LINGXUE_TEST_DEMO=$(mktemp -d)
export LINGXUE_TEST_DEMO
trap 'rm -rf "$LINGXUE_TEST_DEMO"' EXIT

# One after the other: each has a browser and a server of its own, and two cores feed one such pair.
node --test --test-concurrency=1 --test-reporter=spec "${files[@]}"

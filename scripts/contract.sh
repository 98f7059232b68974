#!/usr/bin/env bash
# Asks the program that LINGXUE_TEST_BIN names (default: the debug build) whether it does what docs/openapi.json says, as each role and as a
# stranger, on both databases at once: some requests for each operation, made up by Schemathesis; with --small two.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

program=${LINGXUE_TEST_BIN:-$(target_folder)/debug/lingxue}
[[ -x $program ]] || die "There is no program to test at $program." \
    "Build it first: cargo build --package gateway --bin lingxue"
if [[ ${1-} != --within ]]; then exec "$SCRIPTS/with-test-servers.sh" --only postgres "$SCRIPTS/contract.sh" --within "$@"; fi
examples=60
if [[ ${2-} == --small ]]; then examples=2; fi
ask() { "$("$SCRIPTS/python-env.sh")/bin/python" tests/contract/run.py "$program" docs/openapi.json --examples "$examples" "$@"; }
ask &
sqlite=$!
good=0
ask --database "$LINGXUE_TEST_POSTGRES_URL" || good=1
wait "$sqlite" || good=1
exit "$good"

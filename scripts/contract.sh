#!/usr/bin/env bash
# Asks the program that LINGXUE_TEST_BIN names (default: the debug build) whether it does what docs/openapi.json says, as each role and as a
# stranger: some requests for each operation, made up by Schemathesis; with --small two.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

program=${LINGXUE_TEST_BIN:-$(target_folder)/debug/lingxue}
[[ -x $program ]] || die "There is no program to test at $program." \
    "Build it first: cargo build --package gateway --bin lingxue"
examples=60
if [[ ${1-} == --small ]]; then examples=2; fi
exec "$("$SCRIPTS/python-env.sh")/bin/python" tests/contract/run.py "$program" docs/openapi.json --examples "$examples"

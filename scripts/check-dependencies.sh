#!/usr/bin/env bash
# Are the licences, sources and versions of everything we build upon as deny.toml allows?
# Known vulnerabilities are looked up too, and where their databases cannot be reached that is said.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

"$SCRIPTS/ensure-cargo-tool.sh" cargo-deny 0.20.2
cargo deny --log-level error check licenses bans sources

report=$(mktemp)
trap 'rm -f "$report"' EXIT

# cargo-deny fails both for a finding and for a database out of reach; only the latter is no fault of ours.
if cargo deny check advisories >"$report" 2>&1; then
    note "Rust advisories: none apply."
elif grep -q 'failed to fetch advisory database' "$report"; then
    note "Rust advisories: NOT checked, their database cannot be reached from here."
else
    cat "$report" >&2
    die "A Rust advisory applies."
fi

if (cd web && npm audit --audit-level=moderate) >"$report" 2>&1; then
    note "npm advisories: none apply."
elif grep -qE 'audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|E40[0-9]' "$report"; then
    note "npm advisories: NOT checked, their service cannot be reached from here."
else
    cat "$report" >&2
    die "An npm advisory applies."
fi

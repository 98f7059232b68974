#!/usr/bin/env bash
# Are the licences, sources and versions of everything we build upon as deny.toml allows?
# Known vulnerabilities are looked up too, and where their databases cannot be reached that is said.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

report=$(mktemp)
trap 'rm -f "$report"' EXIT

# cargo-deny takes longer to build than all else that is needed here, and without its database knows no more than our own check.
database=$(sed -nE 's/^db-urls = \["(.*)"\]$/\1/p' deny.toml)
if GIT_TERMINAL_PROMPT=0 timeout 30 git ls-remote --exit-code "$database" HEAD >/dev/null 2>&1; then
    "$SCRIPTS/ensure-cargo-tool.sh" cargo-deny 0.20.2
    cargo deny --log-level error check
    note "Rust advisories: none apply."
else
    cargo xtask dependencies
    note "Rust advisories: NOT checked, their database cannot be reached from here."
fi

if (cd web && npm audit --audit-level=moderate) >"$report" 2>&1; then
    note "npm advisories: none apply."
elif grep -qE 'audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|E40[0-9]' "$report"; then
    note "npm advisories: NOT checked, their service cannot be reached from here."
else
    cat "$report" >&2
    die "An npm advisory applies."
fi

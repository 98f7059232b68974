#!/usr/bin/env bash
# The quick part of `make test`, before a commit: no browser, no audit, no contract.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$SCRIPTS/steps.sh"
cd "$ROOT"

tools() {
    "$SCRIPTS/ensure-toolchain.sh"
    "$SCRIPTS/ensure-cargo-tool.sh" cargo-nextest 0.9.143
}
rust_tests() { counted rust "$SCRIPTS/with-test-servers.sh" cargo nextest run --workspace --profile all; }

step 'Tools' tools
step 'Rust format' cargo fmt --all --check
step 'Tidy: floors, manifests, SQL, leftovers' cargo xtask tidy
step 'Web packages and build' "$SCRIPTS/build-web.sh"
step 'Web lint and types' npm --prefix web run --silent check
step 'Web unit tests' counted web npm --prefix web run --silent test
step 'Clippy' cargo clippy --workspace --all-targets --quiet -- -D warnings
step 'Rust tests on both databases' rust_tests

#!/usr/bin/env bash
# Everything that must hold, cheapest first; see steps.sh for how the steps are run.
# Needs Rust and Node; installs the rest, starts its own throwaway servers and stops them.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$SCRIPTS/steps.sh"
cd "$ROOT"

rust_tools() {
    "$SCRIPTS/ensure-toolchain.sh"
    "$SCRIPTS/ensure-cargo-tool.sh" cargo-nextest 0.9.143
}
other_tools() {
    "$SCRIPTS/ensure-packages.sh" postgresql nats-server chromium fonts-noto-cjk poppler-utils zbar-tools shellcheck
    "$SCRIPTS/python-env.sh" >/dev/null
}
scripts_read_well() { shellcheck scripts/*.sh scripts/test-servers/*.sh .ci/run; }
# Clippy is a compiler that lints: what it builds is what is tested, and the workspace is read once. (`cargo clippy`, which everybody
# runs before a commit, reads it without building.) Also builds the program itself, which the journeys and the browser then share.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver
export CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
lint_and_build() { cargo nextest run --workspace --no-run --locked; }
rust_tests() {
    export LINGXUE_SQL_LOG=$LOGS/statements
    # Whoever waits in a browser beside them goes first.
    counted rust nice -n 10 "$SCRIPTS/with-test-servers.sh" cargo nextest run --workspace --locked --profile all
}

# A download, a compiler and a linter each leave a core idle now and then, and so do tests that wait: in two rows both are in use.
# What takes longest, building in Rust, goes first and waits for nothing of the other row.
rust_is_built() {
    step 'Rust format' cargo fmt --all --check
    step 'Tidy: floors, manifests, SQL, leftovers' cargo xtask tidy
    step 'Licences, sources, advisories' "$SCRIPTS/check-dependencies.sh"
    step 'Rust lint and build' lint_and_build
    step 'The program without its features' cargo check --package gateway --bin lingxue --no-default-features --locked
}
web_is_checked() {
    step 'Packages of Debian and Python' other_tools
    step 'Scripts' scripts_read_well
    step 'Web packages' "$SCRIPTS/build-web.sh" packages
    step 'Web build and byte budget' "$SCRIPTS/build-web.sh"
    step 'Web lint and types' npm --prefix web run --silent check
    step 'Web unit tests' counted web npm --prefix web run --silent test
}
step 'Rust and Node' rust_tools
LINGXUE_TEST_BIN=$(target_folder)/debug/lingxue
export LINGXUE_TEST_BIN
together rust_is_built web_is_checked

all_is_tested() {
    step 'OpenAPI snapshot' cargo xtask openapi --check
    step 'Rust tests on both databases' rust_tests
    step 'Hostile inputs, an eighth of each' counted hostile nice -n 10 "$SCRIPTS/hostile.sh" --small
    step 'Contract, as each role' counted contract nice -n 10 "$SCRIPTS/contract.sh" --small
    step 'Every SQL statement was run' cargo xtask statements "$LOGS/statements"
}
people_do_it() { step 'Journeys in a browser' counted browser "$SCRIPTS/test-browser.sh"; }
together all_is_tested people_do_it

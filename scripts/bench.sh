#!/usr/bin/env bash
# Measures the release build, prints the tables of figures and writes them into docs/figures.md; words are passed on to the bench program.
#   LINGXUE_BENCH_PROGRAMS="before=/path/a after=/path/b" compares these programs instead of the one that is built
#   bench.sh --short    only sees that everything runs, and keeps nothing
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

"$SCRIPTS/ensure-toolchain.sh"
"$SCRIPTS/ensure-packages.sh" chromium fonts-noto-cjk
"$SCRIPTS/build-web.sh"
say "Building for measurement (the first time takes some ten minutes)"
programs=(--package bench)
if [[ -z ${LINGXUE_BENCH_PROGRAMS-} ]]; then programs+=(--package gateway); fi
cargo build --release "${programs[@]}" --bins --locked

target=$(target_folder)
export LINGXUE_TEST_BIN=$target/release/lingxue
exec "$SCRIPTS/with-test-servers.sh" --only postgres "$target/release/bench" "$@"

#!/usr/bin/env bash
# Measures the release build and prints the table of figures; words are passed on to the bench program.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

"$SCRIPTS/ensure-toolchain.sh"
"$SCRIPTS/ensure-packages.sh" fonts-noto-cjk
"$SCRIPTS/build-web.sh"
say "Building for measurement (the first time takes some ten minutes)"
cargo build --release --package gateway --package bench --bins --locked

target=$(target_folder)
export LINGXUE_TEST_BIN=$target/release/lingxue
exec "$SCRIPTS/with-test-servers.sh" --only postgres "$target/release/bench" "$@"

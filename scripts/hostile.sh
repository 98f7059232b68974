#!/usr/bin/env bash
# Gives every public endpoint and every parser its worst input and prints what each cost: all of it to optimised code, or with
# --small an eighth of it to the debug build that the tests use.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

if [[ ${1-} == --small ]]; then
    # As one of all packages, whose features it shares: built alone it would build most of them once more.
    cargo nextest run --workspace --no-run --locked --cargo-quiet
    exec "$(target_folder)/debug/hostile"
fi
"$SCRIPTS/ensure-toolchain.sh"
"$SCRIPTS/ensure-packages.sh" fonts-noto-cjk
say "Building for measurement (the first time takes some ten minutes)"
exec cargo run --release --package hostile --locked -- --full

#!/usr/bin/env bash
# Makes sure that a cargo command is here: `ensure-cargo-tool.sh cargo-deny 0.20.2`.
# What the machine has is taken; else it is built once into .test/, unoptimised, which takes a third of the time.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

tool=$1 version=$2
command -v "$tool" >/dev/null && exit 0

say "Building $tool $version (once)"
mkdir -p "$TOOLS"
exec 9>"$TOOLS/cargo-tool.lock"
flock 9
command -v "$tool" >/dev/null && exit 0
env CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_INCREMENTAL=0 \
    cargo install "$tool" --locked --version "$version" --debug --quiet \
    --root "$TOOLS" --target-dir "$TOOLS/build" --no-track >&2
rm -rf "$TOOLS/build"

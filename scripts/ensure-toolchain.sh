#!/usr/bin/env bash
# Makes sure that Rust, Node and a C compiler are here; they are what a newcomer brings along.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

command -v cargo >/dev/null || die "Rust is not on this machine (no cargo)." \
    "Install it as its site describes, then run this again."

command -v node >/dev/null || die "Node is not on this machine." "Install Node 20.19 or newer, then run this again."
node -e 'const [major, minor] = process.versions.node.split(".").map(Number)
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    die "Node $(node --version) is too old." "Install Node 20.19 or newer, then run this again."
command -v npm >/dev/null || die "npm is not on this machine." "Install it (it comes with Node), then run this again."

command -v cc >/dev/null || "$SCRIPTS/ensure-packages.sh" build-essential

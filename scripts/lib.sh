# shellcheck shell=bash
# Words that every script shares; sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ROOT SCRIPTS=$ROOT/scripts
# What scripts download or build for themselves; git-ignored, safe to delete.
export TOOLS=$ROOT/.test
export PATH=$TOOLS/bin:$PATH

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }
die() {
    printf '\033[1;31m!!  %s\033[0m\n' "$1" >&2
    shift
    for line in "$@"; do printf '    %s\n' "$line" >&2; done
    exit 1
}

# Where cargo puts what it builds.
target_folder() {
    (cd "$ROOT" && cargo metadata --no-deps --format-version 1) |
        sed -E 's/.*"target_directory":"([^"]*)".*/\1/'
}

# `changed NAME FILES...` succeeds when the files are not those of the last `remember NAME FILES...`.
changed() { [[ $(cat "$TOOLS/stamps/$1" 2>/dev/null) != "$(digest_of "${@:2}")" ]]; }
remember() {
    mkdir -p "$TOOLS/stamps"
    digest_of "${@:2}" >"$TOOLS/stamps/$1"
}
digest_of() {
    find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

#!/usr/bin/env bash
# Makes the Python environment of the tests (S3 server, credential verifier) and prints its folder.
# Built once for each requirements.txt; safe when several people ask at the same time.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    "$SCRIPTS/ensure-packages.sh" python3 python3-venv
fi

stamp=$(sha256sum <"$SCRIPTS/requirements.txt" | cut -c1-16)
venv=$TOOLS/python-$stamp
if [[ ! -e $venv/ready ]]; then
    mkdir -p "$TOOLS"
    exec 9>"$TOOLS/python.lock"
    flock 9
    if [[ ! -e $venv/ready ]]; then
        say "Making the Python environment of the tests (once)"
        rm -rf "$venv"
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --no-deps --disable-pip-version-check \
            -r "$SCRIPTS/requirements.txt" >&2
        "$venv/bin/pip" check --disable-pip-version-check >&2
        touch "$venv/ready"
    fi
fi
echo "$venv"

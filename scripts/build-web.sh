#!/usr/bin/env bash
# Installs the web application's packages and builds it, each only when its sources changed:
#   build-web.sh packages   only the packages
#   build-web.sh            both
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT/web"

locks=(package.json package-lock.json)
if [[ ! -d node_modules ]] || changed web-packages "${locks[@]}"; then
    say "Installing the web application's packages"
    npm ci --no-audit --no-fund >&2
    remember web-packages "${locks[@]}"
fi
[[ ${1-} == packages ]] && exit 0

if [[ ! -f dist/index.html ]] || changed web-build .; then
    say "Building the web application"
    npm run --silent build >&2
    remember web-build .
fi

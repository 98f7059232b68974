#!/usr/bin/env bash
# For work on the code: the server in debug build on port 8080, and the web application with live reload
# that passes its requests on to it. Ctrl-C ends both. Its data are in data/dev/.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

"$SCRIPTS/ensure-toolchain.sh"
"$SCRIPTS/ensure-packages.sh" fonts-noto-cjk
# The debug build wants the built application to be there too.
"$SCRIPTS/build-web.sh"

cargo build --package gateway --bin lingxue
lingxue=$(target_folder)/debug/lingxue
export LINGXUE_SERVER_LISTEN=127.0.0.1:8080
export LINGXUE_SERVER_METRICS_LISTEN=127.0.0.1:0
export LINGXUE_DATA_FOLDER=${LINGXUE_DATA_FOLDER:-$ROOT/data/dev}
mkdir -p "$LINGXUE_DATA_FOLDER"
"$lingxue" migrate
"$lingxue" demo --if-empty
"$lingxue" demo --print-sign-ins

"$lingxue" serve &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server"' EXIT
npm --prefix web run dev

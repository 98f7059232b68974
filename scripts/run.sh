#!/usr/bin/env bash
# Builds Lingxue when its sources changed, fills an empty database with the demo training, and serves.
# Everything it keeps is in data/. Settings of your own go into LINGXUE_... variables as in the handbook.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

"$SCRIPTS/ensure-toolchain.sh"
# Certificates are printed with it.
"$SCRIPTS/ensure-packages.sh" fonts-noto-cjk
# One waits for the network while the other builds.
cargo fetch --locked --quiet --target "$(rustc --print host-tuple)" &
fetching=$!
"$SCRIPTS/build-web.sh"
wait "$fetching"

say "Building the server (the first time takes some minutes)"
# Without other settings it keeps files in a folder and talks to no other process: what is for that need not be built.
features=(--no-default-features)
[[ -n ${LINGXUE_CONFIG-}${LINGXUE_BLOBS_S3_ENDPOINT-}${LINGXUE_BUS_NATS_URL-} ]] && features=()
cargo build --profile local --package gateway --bin lingxue --locked "${features[@]}"
lingxue=$(target_folder)/local/lingxue

# A configuration file of one's own says everything itself.
if [[ -z ${LINGXUE_CONFIG-} ]]; then
    port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
    port=8080
    while port_is_taken "$port"; do port=$((port + 1)); done
    export LINGXUE_SERVER_LISTEN=${LINGXUE_SERVER_LISTEN:-127.0.0.1:$port}
    # Another Lingxue on this machine may have the usual port.
    export LINGXUE_SERVER_METRICS_LISTEN=${LINGXUE_SERVER_METRICS_LISTEN:-127.0.0.1:0}
    export LINGXUE_DATA_FOLDER=${LINGXUE_DATA_FOLDER:-$ROOT/data}
    # Whose name stands on the demo's certificates: nobody should take them for real ones.
    export LINGXUE_CERTIFICATES_ISSUER_NAME=${LINGXUE_CERTIFICATES_ISSUER_NAME:-甘肃省教师培训项目办公室（演示）}
    mkdir -p "$LINGXUE_DATA_FOLDER"
fi

"$lingxue" migrate
"$lingxue" demo --if-empty

say "Lingxue 领学"
if [[ -n ${LINGXUE_CONFIG-} ]]; then
    note "Settings: $LINGXUE_CONFIG"
else
    note "Address:  ${LINGXUE_SERVER_PUBLIC_URL:-http://$LINGXUE_SERVER_LISTEN}"
    note "Data:     $LINGXUE_DATA_FOLDER (delete the folder to start over)"
fi
note "Stop:     Ctrl-C"
"$lingxue" demo --print-sign-ins
# In this process's place, so that Ctrl-C and a service manager's signal reach the server itself.
exec "$lingxue" serve

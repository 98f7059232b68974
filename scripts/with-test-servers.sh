#!/usr/bin/env bash
# Runs one command with throwaway servers beside it, then stops them:
#   scripts/with-test-servers.sh cargo nextest run -p storage
#   scripts/with-test-servers.sh --only postgres,nats cargo nextest run -p realtime
# The command sees LINGXUE_TEST_FOLDER, LINGXUE_TEST_POSTGRES_URL, LINGXUE_TEST_S3_ENDPOINT, LINGXUE_TEST_NATS_URL and
# LINGXUE_TEST_PYTHON (a Python that has the credential verifier). Any number may run at the same time.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
for server in postgres s3 nats; do
    # shellcheck source=/dev/null
    source "$SCRIPTS/test-servers/$server.sh"
done

wanted=(postgres s3 nats python)
if [[ ${1-} == --only ]]; then
    IFS=, read -ra wanted <<<"${2:?--only needs a list, such as --only postgres,nats}"
    shift 2
fi
(($#)) || die "Say what to run, for example: scripts/with-test-servers.sh cargo nextest run -p storage"

# Hundreds of small databases come and go: in memory where there is room for what they need at their most.
in_memory() { [[ -w /dev/shm ]] && (($(df --output=avail --block-size=1M /dev/shm | tail -1) > 3000)); }
if in_memory; then place=/dev/shm; else place=${TMPDIR:-/tmp}; fi
RUN=$(mktemp -d "$place/lingxue-test.XXXXXX")
chmod 711 "$RUN" # Postgres runs as another user and must reach its folder below
STOPS=()
stop_process() {
    kill -s "$2" "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}
stop_all() {
    for stop in "${STOPS[@]}"; do "$stop"; done
    rm -rf "$RUN"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

packages=()
for each in "${wanted[@]}"; do
    case $each in
    postgres) packages+=(postgresql) ;;
    nats) packages+=(nats-server) ;;
    s3 | python) ;;
    *) die "There is no test server named '$each'; known are postgres, s3, nats and python." ;;
    esac
done
if ((${#packages[@]})); then "$SCRIPTS/ensure-packages.sh" "${packages[@]}"; fi

say "Starting throwaway servers: ${wanted[*]}"
for each in s3 nats postgres; do
    if [[ " ${wanted[*]} " == *" $each "* ]]; then "${each}_start"; fi
done
for each in postgres nats s3; do
    if [[ " ${wanted[*]} " == *" $each "* ]]; then "${each}_wait"; fi
done
if [[ " ${wanted[*]} " == *" python "* ]]; then
    LINGXUE_TEST_PYTHON=$("$SCRIPTS/python-env.sh")/bin/python
    export LINGXUE_TEST_PYTHON
fi

# What is made once for all tests of this run, beside the servers.
export LINGXUE_TEST_FOLDER=$RUN

"$@"

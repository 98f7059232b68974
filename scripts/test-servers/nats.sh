# shellcheck shell=bash
# A NATS server of its own for one test run; sourced by with-test-servers.sh.

nats_start() {
    mkdir "$RUN/nats"
    local server
    server=$(PATH=$PATH:/usr/sbin command -v nats-server) || die "nats-server is not on this machine."
    # Port -1: the server picks a free one and writes it into a file.
    setpriv --pdeathsig TERM "$server" -a 127.0.0.1 -p -1 --ports_file_dir "$RUN/nats" >"$RUN/nats.log" 2>&1 &
    nats_pid=$!
    STOPS+=(nats_stop)
}

nats_wait() {
    local url
    until url=$(grep -hm1 -oE 'nats://127\.0\.0\.1:[0-9]+' "$RUN"/nats/*.ports 2>/dev/null); do
        kill -0 "$nats_pid" 2>/dev/null || die "The NATS server did not start." "$(tail -5 "$RUN/nats.log")"
        sleep 0.1
    done
    export LINGXUE_TEST_NATS_URL=$url
    note "NATS:       $LINGXUE_TEST_NATS_URL"
}

nats_stop() { stop_process "$nats_pid" TERM; }

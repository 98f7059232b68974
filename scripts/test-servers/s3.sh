# shellcheck shell=bash
# An S3 server of its own for one test run (moto); sourced by with-test-servers.sh.

s3_start() {
    local venv
    venv=$("$SCRIPTS/python-env.sh")
    # Port 0: the kernel picks a free one and the log names it.
    setpriv --pdeathsig TERM "$venv/bin/moto_server" -H 127.0.0.1 -p 0 >"$RUN/s3.log" 2>&1 &
    s3_pid=$!
    STOPS+=(s3_stop)
}

s3_wait() {
    local endpoint
    until endpoint=$(grep -m1 -oE 'http://127\.0\.0\.1:[0-9]+' "$RUN/s3.log"); do
        kill -0 "$s3_pid" 2>/dev/null || die "The S3 server did not start." "$(tail -5 "$RUN/s3.log")"
        sleep 0.1
    done
    export LINGXUE_TEST_S3_ENDPOINT=$endpoint
    note "S3:         $LINGXUE_TEST_S3_ENDPOINT"
}

s3_stop() { stop_process "$s3_pid" TERM; }

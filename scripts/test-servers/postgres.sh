# shellcheck shell=bash
# A PostgreSQL of its own for one test run; sourced by with-test-servers.sh.
# Fast rather than safe: nothing in it is meant to outlive the run.

postgres_start() {
    # Postgres refuses to run as root, so there it runs as the user its package made.
    postgres_as=(setpriv --pdeathsig QUIT)
    local init_as=()
    if ((EUID == 0)); then
        local user=postgres
        getent passwd postgres >/dev/null || user=nobody
        postgres_as+=(--reuid "$user" --regid "$(id -g "$user")" --clear-groups)
        init_as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
    fi
    postgres_bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin | sort -V | tail -1)
    [[ -x $postgres_bin/initdb ]] || die "PostgreSQL's server programs are not under /usr/lib/postgresql."

    mkdir "$RUN/postgres"
    if ((EUID == 0)); then chown "$user" "$RUN/postgres"; fi
    # Text is ordered by bytes (collation C), as in SQLite.
    (cd "$RUN/postgres" && "${init_as[@]}" "$postgres_bin/initdb" --no-sync --auth trust --username postgres \
        --locale C --encoding UTF8 --pgdata "$RUN/postgres/data") >"$RUN/initdb.log" 2>&1 ||
        die "initdb failed." "$(tail -5 "$RUN/initdb.log")"
    postgres_launch
}

postgres_launch() {
    # Below the range from which the kernel picks ports for outgoing connections.
    postgres_port=$((15000 + RANDOM % 15000))
    (cd "$RUN/postgres" && exec "${postgres_as[@]}" "$postgres_bin/postgres" -D "$RUN/postgres/data" \
        -p "$postgres_port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off \
        -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=256MB \
        -c log_min_messages=warning) >"$RUN/postgres.log" 2>&1 &
    postgres_pid=$!
    STOPS+=(postgres_stop)
}

# Our own pid file says when it is ready; a port that answers could be somebody else's server.
postgres_wait() {
    local tries=0 state
    until state=$(sed -n 8p "$RUN/postgres/data/postmaster.pid" 2>/dev/null) && [[ $state == ready* ]]; do
        if ! kill -0 "$postgres_pid" 2>/dev/null; then
            if ((++tries > 10)) || ! grep -q 'could not bind' "$RUN/postgres.log"; then
                die "PostgreSQL did not start." "$(tail -5 "$RUN/postgres.log")"
            fi
            postgres_launch # the port was taken: try another
        fi
        sleep 0.1
    done
    export LINGXUE_TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$postgres_port/postgres
    note "PostgreSQL: $LINGXUE_TEST_POSTGRES_URL"
}

postgres_stop() { stop_process "$postgres_pid" QUIT; }

# shellcheck shell=bash
# Runs the steps of a check one after the other, or two rows of them at once, with the time each took; sourced by test.sh and check.sh.
# The first step that fails ends the run. Whatever happens, the last words are the counts of tests.

LOGS=$(mktemp -d "${TMPDIR:-/tmp}/lingxue-logs.XXXXXX")
STEP='before the first step'
ROWS=()

step() {
    STEP=$1
    say "$STEP"
    local started=$SECONDS
    "${@:2}"
    printf '%4d s  %s\n' $((SECONDS - started)) "$STEP" >>"$LOGS/times"
}

# `together FUNCTION FUNCTION`: two rows of steps at once. The first prints as it goes, the second when both have ended.
together() {
    local status=0
    set -m # each is a group of its own, which can be stopped whole
    row "$1" &
    ROWS+=($!)
    row "$2" >"$LOGS/second.out" 2>&1 &
    ROWS+=($!)
    set +m
    wait -n || status=$?
    ((status)) || wait -n || status=$?
    stop_rows
    # Where the first has failed, its last words stay the last.
    [[ -f $LOGS/failed && $(cat "$LOGS/failed_row") == "$1" ]] || cat "$LOGS/second.out"
    ((status)) || return 0
    STEP=$(cat "$LOGS/failed")
    exit "$status"
}

row() {
    trap '(($?)) && { printf "%s\n" "$STEP" >"$LOGS/failed"; printf "%s\n" "$1" >"$LOGS/failed_row"; }' EXIT
    "$1"
}

stop_rows() {
    local each
    for each in "${ROWS[@]}"; do kill -TERM -- "-$each" 2>/dev/null || true; done
    wait
    ROWS=()
}

# Keeps what a test runner prints, so that its counts can be told at the end.
counted() { "${@:2}" 2>&1 | tee "$LOGS/$1.log"; }

tell_the_end() {
    local status=$?
    set +e # a count that is not there must not hide how it ended
    stop_rows
    printf '\n'
    [[ -f $LOGS/times ]] && cat "$LOGS/times"
    printf '%4d s  in all\n\n' "$SECONDS"
    ((status)) && printf 'FAILED in: %s\n' "$STEP"
    # Colours would hide the words from the patterns.
    local plain='s/\x1b\[[0-9;]*m//g'
    [[ -f $LOGS/web.log ]] && sed -E "$plain" "$LOGS/web.log" | sed -nE 's/^ *Tests +/Web:     /p' | tail -1
    [[ -f $LOGS/browser.log ]] && sed -E "$plain" "$LOGS/browser.log" |
        sed -nE 's/^[^a-z]*(tests|pass|fail|skipped) ([0-9]+)$/\2 \1/p' | paste -sd ' ' | sed 's/^/Browser: /'
    [[ -f $LOGS/hostile.log ]] && sed -nE 's/^hostile inputs /Hostile: inputs /p' "$LOGS/hostile.log" | tail -1
    [[ -f $LOGS/contract.log ]] && printf 'Contract: %s roles good\n' "$(grep -c '^contract: .*: good' "$LOGS/contract.log")"
    [[ -f $LOGS/rust.log ]] && sed -E "$plain" "$LOGS/rust.log" | grep -E '^ +Summary ' | tail -1
    rm -rf "$LOGS"
    exit "$status"
}
trap tell_the_end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

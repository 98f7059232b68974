# shellcheck shell=bash
# Runs the steps of a check one after the other, with the time each took; sourced by test.sh and check.sh.
# The first step that fails ends the run. Whatever happens, the last words are the counts of tests.

LOGS=$(mktemp -d "${TMPDIR:-/tmp}/lingxue-logs.XXXXXX")
STEP='before the first step'
TIMES=()

step() {
    STEP=$1
    say "$STEP"
    local started=$SECONDS
    "${@:2}"
    TIMES+=("$(printf '%4d s  %s' $((SECONDS - started)) "$STEP")")
}

# Keeps what a test runner prints, so that its counts can be told at the end.
counted() { "${@:2}" 2>&1 | tee "$LOGS/$1.log"; }

tell_the_end() {
    local status=$?
    set +e # a count that is not there must not hide how it ended
    printf '\n'
    ((${#TIMES[@]})) && printf '%s\n' "${TIMES[@]}"
    printf '%4d s  in all\n\n' "$SECONDS"
    ((status)) && printf 'FAILED in: %s\n' "$STEP"
    # Colours would hide the words from the patterns.
    local plain='s/\x1b\[[0-9;]*m//g'
    [[ -f $LOGS/web.log ]] && sed -E "$plain" "$LOGS/web.log" | sed -nE 's/^ *Tests +/Web:     /p' | tail -1
    [[ -f $LOGS/browser.log ]] && sed -E "$plain" "$LOGS/browser.log" |
        sed -nE 's/^[^a-z]*(tests|pass|fail|skipped) ([0-9]+)$/\2 \1/p' | paste -sd ' ' | sed 's/^/Browser: /'
    [[ -f $LOGS/hostile.log ]] && sed -nE 's/^hostile inputs /Hostile: inputs /p' "$LOGS/hostile.log" | tail -1
    [[ -f $LOGS/rust.log ]] && sed -E "$plain" "$LOGS/rust.log" | grep -E '^ +Summary ' | tail -1
    rm -rf "$LOGS"
    exit "$status"
}
trap tell_the_end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

#!/usr/bin/env bash
# The numbers in the README, measured on the release build: start, idle, exchanges.
set -eu
cd "$(dirname "$0")/../.."
support=$PWD/tests/support
programs=$(realpath "${CARGO_TARGET_DIR:-target}")/release
rounds=${ROUNDS:-7}
idle=${IDLE:-60}
echo "On virtual cards in the process:"
"$support/with-display.sh" /usr/bin/python3 "$support/measure.py" "$rounds" "$idle" \
  "$programs/siru-desktop" --demo 2>/dev/null | grep :
echo "On a virtual card in a PC/SC reader:"
PCSCD_LIMIT=900 "$support/with-pcscd.sh" 1 bash -c '
  "$1/siru-sim" --card v4@36000 --stay </dev/null >/dev/null 2>&1 &
  "$2/with-display.sh" /usr/bin/python3 "$2/measure.py" "$3" "$4" "$1/siru-desktop" 2>/dev/null |
    grep :
  kill %1' measure "$programs" "$support" "$rounds" "$idle"
cargo test --quiet --locked --package siru-tests --test exchanges -- --nocapture | grep exchanges:

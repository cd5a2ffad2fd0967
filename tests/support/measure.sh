#!/usr/bin/env bash
# The numbers in the README, measured on the release build: start, memory and idle beside two other
# programs for cards and keys in the same run, and exchanges.
set -eu
cd "$(dirname "$0")/../.."
support=$PWD/tests/support
target=$(realpath "${CARGO_TARGET_DIR:-target}")
rounds=${ROUNDS:-5}
idle=${IDLE:-20}
PCSCD_LIMIT=3600 "$support/with-pcscd.sh" 1 bash -o pipefail -c '
  programs=$1 support=$2 rounds=$3 idle=$4 json=$5
  "$programs/siru-sim" --card v4@36000 --stay </dev/null >/dev/null 2>&1 &
  simulator=$!
  "$support/with-display.sh" /usr/bin/python3 "$support/measure.py" "$rounds" "$idle" "$json" \
    "siru-desktop, a card in a PC/SC reader" "$programs/siru-desktop" -- \
    "siru-desktop --demo" "$programs/siru-desktop" --demo -- \
    "yubikey-manager-qt" ykman-gui -- \
    "seahorse" seahorse 2>/dev/null | grep -E "^(\||measure:)"
  result=$?
  kill "$simulator"
  exit "$result"' measure "$target/release" "$support" "$rounds" "$idle" "$target/measured.json"
echo "Every value: $target/measured.json"
cargo test --quiet --locked --package siru-tests --test exchanges -- --nocapture | grep exchanges:

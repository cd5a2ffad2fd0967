#!/usr/bin/env bash
# The numbers in the README, measured on the release build: start, idle, exchanges.
set -eu
cd "$(dirname "$0")/../.."
programs=${CARGO_TARGET_DIR:-target}/release
tests/support/with-display.sh /usr/bin/python3 tests/support/measure.py "${ROUNDS:-7}" "${IDLE:-60}" \
  "$programs/siru-desktop" --demo
cargo test --quiet --locked --package siru-tests --test exchanges -- --nocapture | grep exchanges:

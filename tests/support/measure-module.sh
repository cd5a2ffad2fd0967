#!/usr/bin/env bash
# The numbers of the PKCS #11 module as it is released: its size, at most 2 MB, and how long a program
# takes to load it, at most 8 ms in the middle of 20 times. Exits with 1 if either is more.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --quiet --locked --release --package siru-pkcs11
module=$(realpath "${CARGO_TARGET_DIR:-target}")/release/libsiru_pkcs11.so
host=$(mktemp)
trap 'rm -f "$host"' EXIT
cc -std=c11 -D_GNU_SOURCE -O1 -pthread -Wall -Wextra -Werror tests/hosts/*.c -o "$host"
size=$(stat --format=%s "$module")
# A process of its own for each: the second time in one process would be shorter.
for ((i = 0; i < 20; i++)); do
  "$host" "$module" load
done | sort --numeric-sort | awk -v size="$size" '
  { times[NR] = $1 }
  END {
    middle = times[int((NR + 1) / 2)]
    printf "module: %.2f MB, loaded in %.2f ms (%.2f to %.2f)\n",
           size / 1e6, middle, times[1], times[NR]
    exit size > 2e6 || middle > 8
  }'

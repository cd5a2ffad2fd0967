#!/usr/bin/env bash
# show-window.sh COMMAND...: starts COMMAND on the display there is, and ends it when its window shows more
# than a blank area; says how many colours it saw. For programs that with-display.sh cannot follow.
set -u
"$@" &
program=$!
for ((tries = 0; tries < 300; tries++)); do
  kill -0 "$program" || exit 1
  window=$(xdotool search --onlyvisible --class '^fi\.siru\.Siru$' 2>/dev/null | head --lines=1)
  if [ -n "$window" ]; then
    # After the header and the colour map: one word for each pixel.
    colours=$(xwd -silent -id "$window" | tail --bytes=+4000 | od -An -v -tx4 -w4 | sort -u | wc -l)
    if [ "$colours" -gt 100 ]; then
      kill "$program"
      wait "$program"
      echo "$colours colours"
      exit 0
    fi
  fi
  sleep 0.1
done
echo "show-window.sh: no window" >&2
kill "$program"
exit 1

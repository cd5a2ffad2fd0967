#!/usr/bin/env bash
# with-display.sh COMMAND...: runs COMMAND on a private X display with a window manager, a session
# bus and accessibility switched on, and exits as it does. COMMAND finds the process id of the X server
# in SIRU_X_SERVER. DISPLAY_HOME may name the home folder of whoever sits there, which stays; without it
# they have an empty one.
set -u
folder=$(mktemp -d)
mkdir -m 700 "$folder/run" "$folder/home"
display=$folder/display
exec 3>"$display"
Xvfb -displayfd 3 -screen 0 1280x900x24 +extension GLX +render -noreset -nolisten tcp 2>"$folder/x.log" &
server=$!
for ((tries = 0; tries < 400; tries++)); do
  [ -s "$display" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/x.log" >&2; exit 99; }
  sleep 0.02
done
[ -s "$display" ] || { echo "with-display.sh: no display" >&2; exit 99; }
DISPLAY=:$(cat "$display")
export DISPLAY XDG_RUNTIME_DIR=$folder/run HOME=${DISPLAY_HOME:-$folder/home} LIBGL_ALWAYS_SOFTWARE=1
export SIRU_X_SERVER=$server
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_CONFIG_HOME
openbox >/dev/null 2>&1 &
manager=$!
# The accessibility bus stays silent until somebody asks for it, as a screen reader does.
dbus-run-session -- bash -c '
  for property in IsEnabled ScreenReaderEnabled; do
    dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus \
      org.freedesktop.DBus.Properties.Set string:org.a11y.Status "string:$property" \
      variant:boolean:true >/dev/null
  done
  exec "$@"' with-display "$@"
result=$?
kill "$manager" "$server" 2>/dev/null
wait 2>/dev/null
rm -rf "$folder"
exit "$result"

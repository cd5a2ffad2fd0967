#!/bin/bash
# with-pcscd.sh PAIRS COMMAND [ARGUMENT...]
#
# Runs COMMAND with a private pcscd that has 2 x PAIRS virtual readers (PAIRS is 1 to 8), and exits as it does.
#
# The readers are "V0 00 00", "V0 00 01", "V1 00 00", ...; a virtual card gets into them by connecting to
# 127.0.0.1, ports 36000, 36001, 36002, ... Nothing outside is touched: the daemon, its socket and the ports live in
# namespaces of their own, so any number of these may run at once, and no reader of this machine is ever opened.
#
# Needs pcscd, vsmartcard-vpcd, util-linux (unshare) and iproute2, and root or a kernel that allows user namespaces;
# no systemd. There is no network inside: build first.
#
# COMMAND finds in its environment:
#   SIRU_PCSCD   1
#   PCSCD_CONF   for starting another daemon after the first was killed: pcscd --foreground -c "$PCSCD_CONF"
#   PCSCD_PID    the daemon's process id
# and may be given:
#   PCSCD_LIMIT  seconds after which COMMAND is ended (600)
#   PCSCD_LOG    a file for the daemon's messages (none)
set -u

fail() {
  echo "with-pcscd.sh: $*" >&2
  exit 99
}

[ $# -ge 2 ] || fail "usage: with-pcscd.sh PAIRS COMMAND [ARGUMENT...]"
PATH=$PATH:/usr/sbin:/sbin

if [ -z "${SIRU_PCSCD_NAMESPACE:-}" ]; then
  export SIRU_PCSCD_NAMESPACE=1
  # Root needs no user namespace; where nobody else may make one, run the tests as root.
  [ "$(id -u)" -eq 0 ] && unshare --mount --net -- true 2> /dev/null &&
    exec unshare --mount --net -- "$0" "$@"
  exec unshare --user --map-root-user --mount --net -- "$0" "$@"
fi
unset SIRU_PCSCD_NAMESPACE

pairs=$1
shift
driver=/usr/lib/pcsc/drivers/serial/libifdvpcd.so
[ -e "$driver" ] || fail "no $driver; install vsmartcard-vpcd"
command -v pcscd > /dev/null || fail "no pcscd"

mount -t tmpfs tmpfs /run && mkdir -p /run/pcscd /run/vpcd/conf || fail "cannot make a private /run"
ip link set lo up || fail "cannot bring up a private loopback"

# The driver keeps its two slots in a global of the library, so that two entries with the same library would show
# each other's cards: each pair gets a copy.
for ((i = 0; i < pairs; i++)); do
  cp "$driver" "/run/vpcd/driver$i.so"
  port=$((36000 + 2 * i))
  printf 'FRIENDLYNAME "V%d"\nDEVICENAME /dev/null:%d\nLIBPATH /run/vpcd/driver%d.so\nCHANNELID %d\n\n' \
    "$i" "$port" "$i" "$port"
done > /run/vpcd/conf/vpcd

pcscd --foreground -c /run/vpcd/conf > "${PCSCD_LOG:-/dev/null}" 2>&1 &
daemon=$!
for ((tries = 0; tries < 200; tries++)); do
  [ -S /run/pcscd/pcscd.comm ] && break
  kill -0 "$daemon" 2> /dev/null || fail "pcscd did not start"
  sleep 0.05
done
[ -S /run/pcscd/pcscd.comm ] || { kill "$daemon"; fail "pcscd made no socket"; }

SIRU_PCSCD=1 PCSCD_CONF=/run/vpcd/conf PCSCD_PID=$daemon \
  timeout --kill-after=5 "${PCSCD_LIMIT:-600}" "$@"
result=$?

# The command may have ended it already.
kill "$daemon" 2> /dev/null
wait "$daemon" 2> /dev/null
exit "$result"

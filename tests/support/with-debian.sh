#!/usr/bin/env bash
# with-debian.sh CACHE FOLDER COMMAND...: runs COMMAND beside a clean Debian 12 with nothing of ours in
# it, and exits as it does.
#
# COMMAND finds in SIRU_DEBIAN the folder that Debian is in, for chroot; in it the packages of FOLDER lie
# in /packages, and what apt needs to install them and virtual readers was fetched. There is no network
# but a loopback of its own, and whatever happens in that Debian is forgotten in the end. CACHE keeps the
# untouched system and fetched packages for the next time.
#
# Needs root (or sudo that asks nothing), mmdebstrap, util-linux and iproute2, and apt's mirrors.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

if [ -z "${SIRU_DEBIAN_NAMESPACE:-}" ]; then
  export SIRU_DEBIAN_NAMESPACE=1
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo --non-interactive --preserve-env)
  exec "${as_root[@]}" unshare --mount --pid --fork --kill-child --mount-proc -- "$0" "$@"
fi
unset SIRU_DEBIAN_NAMESPACE

mkdir -p "$1"
cache=$(cd "$1" && pwd)
packages=$(cd "$2" && pwd)
shift 2

# One at a time makes it; the others wait.
exec 9>"$cache/lock"
flock 9
if [ ! -d "$cache/clean" ]; then
  rm -rf "$cache/new"
  mmdebstrap --quiet --variant=apt --include=wget,ca-certificates bookworm "$cache/new"
  echo "127.0.0.1 localhost" >"$cache/new/etc/hosts"
  mv "$cache/new" "$cache/clean"
fi
mkdir -p "$cache/archives/partial"

# The mounts end with the namespace.
scratch=$cache/scratch
mkdir -p "$scratch"
mount -t tmpfs -o mode=755 tmpfs "$scratch"
mkdir "$scratch"/{upper,work,debian}
debian=$scratch/debian
layers=lowerdir=$cache/clean,upperdir=$scratch/upper,workdir=$scratch/work
mount -t overlay -o "$layers" overlay "$debian"
mount -t proc proc "$debian/proc"
mount --rbind /dev "$debian/dev"
mount --bind "$cache/archives" "$debian/var/cache/apt/archives"
# For a display beside it.
mount -t tmpfs -o mode=1777 tmpfs /tmp
mkdir -m 1777 /tmp/.X11-unix "$debian/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$debian/tmp/.X11-unix"
mkdir "$debian/packages"
cp "$packages"/*.deb "$debian/packages/"
cp --dereference /etc/resolv.conf "$debian/etc/resolv.conf"

apt() {
  DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$debian" apt-get --quiet=2 "$@"
}
apt update
(cd "$debian" && apt install --yes --download-only ./packages/*.deb vsmartcard-vpcd)
# From now on this Debian locks and changes an archive of its own.
umount "$debian/var/cache/apt/archives"
mkdir "$scratch"/{fetched,fetched-work}
layers=lowerdir=$cache/archives,upperdir=$scratch/fetched,workdir=$scratch/fetched-work
mount -t overlay -o "$layers" overlay "$debian/var/cache/apt/archives"
flock --unlock 9

export SIRU_DEBIAN=$debian
unshare --net -- bash -c 'ip link set lo up && exec "$@"' with-debian "$@"

#!/usr/bin/env bash
# Makes the pictures that siru-tray shows from the drawings beside this file, in the sizes panels
# and Windows ask for. Needs rsvg-convert (Debian package librsvg2-bin); run it after changing a drawing.
set -euo pipefail
cd "$(dirname "$0")"
for drawing in *.svg; do
  for size in 16 20 22 24 32 48; do
    rsvg-convert --width "$size" --height "$size" --output "${drawing%.svg}-$size.png" "$drawing"
  done
done

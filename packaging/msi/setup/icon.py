#!/usr/bin/env python3
"""icon.py OUT PNG...: puts pictures of several sizes into one Windows icon.

An icon of PNG pictures is a table before them, known to Windows since Vista.
"""

import struct
import sys
from pathlib import Path

HEADER = struct.Struct("<3H")
ENTRY = struct.Struct("<4B2H2I")


def icon(pictures):
    """The bytes of an icon of PNG pictures."""
    table = HEADER.pack(0, 1, len(pictures))
    offset = HEADER.size + ENTRY.size * len(pictures)
    for picture in pictures:
        width, height = struct.unpack_from(">2I", picture, 16)
        # 256 is written as 0; there is no larger one.
        table += ENTRY.pack(width % 256, height % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return table + b"".join(pictures)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(icon([Path(name).read_bytes() for name in sys.argv[2:]]))

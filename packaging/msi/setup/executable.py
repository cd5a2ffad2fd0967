"""What a program or library for Windows says about itself."""

import struct

# The mark before the numbers of a version resource (VS_FIXEDFILEINFO).
SIGNATURE = struct.pack("<I", 0xFEEF04BD)


def version(content):
    """The file version in four numbers, or `None` if the program carries no version resource."""
    at = content.find(SIGNATURE)
    if at < 0:
        return None
    _, _, most, least = struct.unpack_from("<4I", content, at)
    return ".".join(str(number) for number in (most >> 16, most & 0xFFFF, least >> 16, least & 0xFFFF))

"""The summary of an installer file: its package code and its times, in place.

msitools writes a random package code and the time of day. Both are put right in the finished file, so that
the same source gives the same bytes: [MS-OLEPS] property sets, inside the compound file as plain bytes.
"""

import hashlib
import struct
import uuid

from identity import identifier

# The format of the set SummaryInformation, as it stands in the head of the stream.
FORMAT = uuid.UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9").bytes_le
PACKAGE_CODE, CREATED, SAVED = 9, 12, 13
TEXT, TIME = 30, 64
# Seconds between the beginnings of Windows' time and of Unix'.
EPOCHS_APART = 11644473600


def properties(content):
    """The place of each property's type in the bytes of an installer file, by the property's number."""
    head = content.find(FORMAT)
    if head < 0 or content.find(FORMAT, head + 1) >= 0:
        raise ValueError("not exactly one summary")
    # The offset of the section behind the format counts from the stream's begin, 28 bytes before.
    section = head - 28 + struct.unpack_from("<I", content, head + 16)[0]
    (count,) = struct.unpack_from("<I", content, section + 4)
    places = {}
    for index in range(count):
        number, offset = struct.unpack_from("<2I", content, section + 8 + 8 * index)
        places[number] = section + offset
    return places


def settle(path, epoch):
    """Writes the time `epoch` and a package code made of all other bytes into the file."""
    content = bytearray(path.read_bytes())
    places = properties(content)
    stamp = (epoch + EPOCHS_APART) * 10_000_000
    for number in (CREATED, SAVED):
        place = places[number]
        if struct.unpack_from("<I", content, place)[0] != TIME:
            raise ValueError("a time of another type")
        struct.pack_into("<Q", content, place + 4, stamp)
    place = places[PACKAGE_CODE]
    kind, length = struct.unpack_from("<2I", content, place)
    if kind != TEXT or length != 39:
        raise ValueError("a package code of another type")
    code = slice(place + 8, place + 8 + 38)
    content[code] = bytes(38)
    # The same package code promises Windows the same bytes: other bytes, another code.
    digest = hashlib.sha256(content).hexdigest()
    content[code] = f"{{{identifier('package', digest)}}}".encode()
    path.write_bytes(content)

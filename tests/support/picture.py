"""What the screen shows, and writing it as PNG."""

import struct
import subprocess
import zlib


def captured(window=None):
    """What the screen shows, or one window of it: width, height and the rows as RGB."""
    which = ["-root"] if window is None else ["-id", window]
    picture = subprocess.run(["xwd", "-silent", *which], capture_output=True, check=True).stdout
    header = struct.unpack(">25I", picture[:100])
    width, height, step, line = header[4], header[5], header[11] // 8, header[12]
    pixels = picture[header[0] + header[19] * 12:]
    rows = []
    for row in range(height):
        bgr = pixels[row * line:row * line + width * step]
        rgb = bytearray(width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = bgr[2::step], bgr[1::step], bgr[0::step]
        rows.append(bytes(rgb))
    return width, height, rows


def save(file, picture):
    """Writes what was captured as PNG, each row as its difference from the one above."""
    width, height, rows = picture
    lines, above = bytearray(), bytes(width * 3)
    for row in rows:
        lines += b"\2" + bytes((now - before) & 0xFF for now, before in zip(row, above))
        above = row

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    with open(file, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n")
        out.write(chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)))
        out.write(chunk(b"IDAT", zlib.compress(bytes(lines), 9)))
        out.write(chunk(b"IEND", b""))

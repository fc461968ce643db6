"""Pictures: whole from the first byte to the last, and no larger than a screen can show when they are unpacked."""

from zlib import crc32

MOST_PIXELS = 50_000_000
"""More than any telephone's camera makes of a sheet of paper."""

_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN, _END = 0xDA, b"\xff\xd9"


def check_png(content: bytes) -> None:
    """Every chunk with its check sum, the last one at the very end (PNG specification, section 5); else ValueError."""
    place, kind = 8, b""
    while kind != b"IEND":
        length, kind = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        body, end = content[place + 4 : place + 8 + length], place + 12 + length
        if len(kind) != 4 or end > len(content) or crc32(body) != int.from_bytes(content[end - 4 : end], "big"):
            raise ValueError("a chunk is broken")
        if place == 8:
            if kind != b"IHDR":
                raise ValueError("the header is missing")
            _check_size(int.from_bytes(body[4:8], "big"), int.from_bytes(body[8:12], "big"))
        place = end
    if place != len(content):
        raise ValueError("something follows the picture")


def check_jpeg(content: bytes) -> None:
    """Segments up to the picture itself (ITU T.81, annex B), and its end at the end of the file; else ValueError."""
    place, sized = 2, False
    while content[place + 1 : place + 2] != bytes([_START_OF_SCAN]):
        if content[place : place + 1] != b"\xff" or place + 4 > len(content):
            raise ValueError("a segment is broken")
        marker = content[place + 1]
        if marker in _WITHOUT_LENGTH or marker == 0xFF:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in _START_OF_FRAME:
            height, width = content[place + 5 : place + 7], content[place + 7 : place + 9]
            _check_size(int.from_bytes(width, "big"), int.from_bytes(height, "big"))
            sized = True
        place += 2 + max(int.from_bytes(content[place + 2 : place + 4], "big"), 2)
    if not sized or not content.rstrip(b"\0").endswith(_END):
        raise ValueError("the picture has no size or no end")


def _check_size(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise ValueError("the picture is empty, or too large")

"""Small files of every kind that is taken, and of some that are not; each is made here, none was found somewhere."""

import zlib
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

CSV = "navn;tid\r\nÅse;kl. 10.30\r\n".encode("windows-1252")
XML = b'<?xml version="1.0" encoding="ISO-8859-1"?><plan><navn>\xc5se</navn></plan>'
JSON = '{"navn": "Åse"}'.encode()


def a_pdf(inside: bytes = b"(et bevis)", *, packed: bytes = b"") -> bytes:
    """A document with a dictionary that holds `inside`, and one packed part."""
    part = zlib.compress(packed)
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Title " + inside + b" >>\nendobj\n"
        b"2 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(part) + part + b"\nendstream\nendobj\n"
        b"trailer << /Root 1 0 R >>\n%%EOF\n"
    )


def a_png(width: int = 2, height: int = 2) -> bytes:
    """A grey picture, or one that only says how large it is."""
    rows = zlib.compress(b"\0" * (width + 1) * height) if width < 1000 else b""
    header = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def a_jpeg(width: int = 2, height: int = 2) -> bytes:
    """The segments of a picture, with nothing to see in it."""
    frame = b"\xff\xc0" + pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    begin, scan = b"\xff\xd8\xff\xe0" + pack(">H", 4) + b"JF", b"\xff\xda" + pack(">H", 8) + b"\1\1\0\0\x3f\0"
    return begin + frame + scan + b"\xff\xd9"


def a_zip_bomb() -> bytes:
    """Ten megabytes of nothing in ten kilobytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("nothing", b"\0" * 10_000_000)
    return made.getvalue()

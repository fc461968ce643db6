"""What a file is, by its first bytes, and whether the whole of it is what it begins as."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from io import BytesIO

import orjson
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError as XmlError
from defusedxml.ElementTree import iterparse

from portal.uploads.documents import check_pdf
from portal.uploads.pictures import check_jpeg, check_png


class Kind(StrEnum):
    """The kinds that are ever taken. No archive is among them, so nothing has to be unpacked."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    XML = "xml"
    JSON = "json"
    CSV = "csv"


_UTF_8, _UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
# A tab, the ends of lines, and everything that can be seen; the bytes from 128 are letters in any of our encodings.
_TEXT = re.compile(rb"[\t\r\n\x20-\x7e\x80-\xff]*")
_DEEPEST = 100
_MOST_ELEMENTS = 1_000_000


def recognised(content: bytes) -> Kind | None:
    """The kind that the content begins as; None for none of ours. Any text that is no other kind may be CSV."""
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    return _kind_of_text(content)


def check(kind: Kind, content: bytes) -> None:
    """Raises ValueError for a file that is broken, locked, runs something or grows beyond measure."""
    _CHECKS[kind](content)


def _kind_of_text(content: bytes) -> Kind | None:
    wide = content.startswith(_UTF_16)
    begins = content[:1000].removeprefix(_UTF_8).lstrip(b"\xff\xfe\0 \t\r\n")[:1]
    if begins == b"<":
        return Kind.XML
    if wide or not begins or not _TEXT.fullmatch(content):
        return None
    return Kind.JSON if begins in b"{[" else Kind.CSV


def _check_xml(content: bytes) -> None:
    """No document type, so no entity of any sort; read piece by piece, and no piece is kept."""
    depth = elements = 0
    try:
        for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            elements += event == "start"
            if depth > _DEEPEST or elements > _MOST_ELEMENTS:
                raise ValueError("too deep, or too many elements")
            if event == "end":
                element.clear()
    except (XmlError, DefusedXmlException, LookupError) as error:
        raise ValueError("not XML that can be read safely") from error


def _check_json(content: bytes) -> None:
    """Raises orjson's error, a ValueError, for anything else, and for more than 1024 levels."""
    orjson.loads(content.removeprefix(_UTF_8))


def _check_csv(content: bytes) -> None:
    """Text of any sort; which columns it has is for its reader to say."""


_CHECKS: Mapping[Kind, Callable[[bytes], None]] = {
    Kind.PDF: check_pdf,
    Kind.PNG: check_png,
    Kind.JPEG: check_jpeg,
    Kind.XML: _check_xml,
    Kind.JSON: _check_json,
    Kind.CSV: _check_csv,
}

"""PDF: looked through without being shown. Nothing in it may run, open or carry another file, or unpack without end."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes of all packed parts together."""

# ISO 32000-1: actions that run or open something (12.6.4), files within (7.11.4), and a lock that hides the rest (7.6).
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|Movie|Sound|ImportData|SubmitForm|GoToE|XFA|Encrypt)\b"
)
# Any letter of a name may be written as #4a (7.3.5). Honest documents do so in a few fonts' names.
_ESCAPED_NAME = re.compile(rb"/[A-Za-z]{0,13}#[A-Za-z0-9#]{2,40}")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_ESCAPED = 10_000
_WINDOW, _LONGEST_NAME = 1024 * 1024, 64
_BEGIN, _END = b"stream", b"endstream"


def check_pdf(content: bytes) -> None:
    """Raises ValueError for a document that could do more than be looked at, or is not whole."""
    if b"%%EOF" not in content[-1024:]:
        raise ValueError("the document has no end")
    for text in (content, *_unpacked(content)):
        if _can_act(text):
            raise ValueError("the document can do something, or hides what it can")


def _can_act(text: bytes) -> bool:
    """Whether one of those names stands there. A search holds everybody up, so each is of a megabyte only.

    A small document unpacks to millions of escaped letters; none that has reason to have more than some thousands is
    known, and each takes its time.
    """
    escaped = 0
    for place in range(0, len(text), _WINDOW):
        window = place, place + _WINDOW + _LONGEST_NAME
        if _ACTIVE.search(text, *window):
            return True
        for name in _ESCAPED_NAME.finditer(text, *window):
            escaped += 1
            plain = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name[0])
            if escaped > _MOST_ESCAPED or _ACTIVE.match(plain):
                return True
    return False


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Every packed part: some of them hold further objects. What is packed in another way holds pictures only."""
    left, place = LARGEST_UNPACKED, 0
    while (begin := content.find(_BEGIN, place)) >= 0 and (end := content.find(_END, begin)) >= 0:
        packed = zlib.decompressobj()
        with suppress(zlib.error):
            part = packed.decompress(content[begin + len(_BEGIN) : end].lstrip(b"\r\n"), left + 1)
            left -= len(part)
            if left < 0 or not packed.eof:
                raise ValueError("the document unpacks to more than it should, or to less than it says")
            yield part
        place = end + len(_END)

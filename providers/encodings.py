"""The text of a file that a Western system has written, in whichever of the usual ways."""

import re

_ENCODINGS = {"iso-8859-1", "iso-8859-15", "latin-1", "latin1", "windows-1252", "cp1252"}
_DEFAULT = "windows-1252"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(body: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it says itself that it is written in another way than it is.

    What is valid UTF-8 is UTF-8: Danish letters in another encoding never are. Else the declaration counts, if it is
    one of the Western ones, and Windows-1252 where there is none. Undefined bytes become replacement characters.
    """
    declared = _declared(body)
    actual = _encoding(body, declared)
    return body.decode(actual, "replace"), declared not in ("", actual) and not _alike(declared, actual, body)


def _encoding(body: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding
    # The first sign of all our formats is ASCII, so a nought beside it is half of one that is two bytes wide.
    if b"\x00" in body[:2]:
        return "utf-16-be" if body.startswith(b"\x00") else "utf-16-le"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return declared if declared in _ENCODINGS else _DEFAULT
    return "utf-8"


def _declared(body: bytes) -> str:
    """What an XML file says of itself, in lower case; UTF-16 says it in a form that needs no looking."""
    found = _DECLARED.match(body[:300])
    return found[1].decode("ascii").lower() if found else ""


def _alike(declared: str, actual: str, body: bytes) -> bool:
    """Plain ASCII is the same in all of them, and a byte order mark is no contradiction."""
    return body.isascii() or actual.startswith(declared) or declared.startswith(actual)

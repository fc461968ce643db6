"""Texts and days as people and systems write them."""

import re
import unicodedata
from datetime import date, datetime

from providers.clock import local_date
from providers.identifiers import is_cpr

_ENCODINGS = {"iso-8859-1", "iso-8859-15", "latin-1", "latin1", "windows-1252", "cp1252"}
_DEFAULT = "windows-1252"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# Control characters but for tabs and the ends of lines, and halves of characters.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LIKE_CPR = re.compile(r"(?<![0-9])([0-9]{6})[ -]?([0-9]{4})(?![0-9])")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?|(\d{4})(\d{2})(\d{2})")
_SOME_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|" + _DAY_FIRST.pattern)


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


def clean(text: str | None) -> str:
    """One line without control characters, in the composed form; empty for None."""
    return " ".join(_printable(text).split())


def paragraphs(text: str | None) -> str | None:
    """The text with its line breaks; None when nothing is left."""
    if not text:
        return None
    lines = [" ".join(line.split()) for line in _printable(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() or None


def _printable(text: str | None) -> str:
    return _CONTROLS.sub("", unicodedata.normalize("NFC", text)) if text else ""


def holds_cpr(text: str) -> bool:
    """Whether a CPR number stands in the text, with or without its dash."""
    return any(is_cpr(found[1] + found[2]) for found in _LIKE_CPR.finditer(text))


def without_cpr(text: str) -> str:
    """The text with every CPR number blotted out, for lines that are kept or shown where no person belongs."""
    return _LIKE_CPR.sub(lambda found: "xxxxxx-xxxx" if is_cpr(found[1] + found[2]) else found[0], text)


def parse_day(text: str) -> date:
    """The local day of a date or an instant: `2026-05-24`, `20260524`, `24-05-2026`, `24.5.2026`, `24/5-2026`.

    An instant with a zone is the Danish day on which it happens. Raises ValueError for anything else.
    """
    wanted = text.strip()
    if "T" in wanted and len(wanted) > len("2026-05-24T10:00"):
        moment = datetime.fromisoformat(wanted)
        return local_date(moment) if moment.tzinfo else moment.date()
    if found := _YEAR_FIRST.fullmatch(wanted):
        year, month, day = (part for part in found.groups() if part)
    elif found := _DAY_FIRST.fullmatch(wanted):
        day, month, year = found.groups()
    else:
        raise ValueError("not a day")
    return date(int(year), int(month), int(day))


def day_within(text: str) -> date | None:
    """The first day that is named in a running text, if any."""
    for found in _SOME_DAY.finditer(text):
        try:
            return parse_day(found[0])
        except ValueError:
            continue
    return None

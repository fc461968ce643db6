"""Texts and days as people and systems write them."""

import re
import unicodedata
from datetime import date

from providers.identifiers import is_cpr
from providers.written import DAY_FIRST, parse_day

# Control characters but for tabs and the ends of lines, and halves of characters.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LIKE_CPR = re.compile(r"(?<![0-9])([0-9]{6})[ -]?([0-9]{4})(?![0-9])")
_SOME_DAY = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}|{DAY_FIRST}")


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


def day_within(text: str) -> date | None:
    """The first day that is named in a running text, if any."""
    for found in _SOME_DAY.finditer(text):
        try:
            return parse_day(found[0])
        except ValueError:
            continue
    return None

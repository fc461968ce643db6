"""Passwords that have leaked somewhere: looked up in a file of the operator's, so that nobody is asked about them.

The file is the one that the downloader of Have I Been Pwned writes: on each line the SHA-1 of a password in capital
hexadecimal digits, a colon, and how often it was seen; in the order of the digits. In its tens of gigabytes a line is
found by halving, with some forty looks.
"""

from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

_DIGITS = 40


def is_leaked(plain: str, file: Path) -> bool:
    """Whether the password's digest begins a line; raises OSError."""
    wanted = sha1(plain.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            line = _line_from(lines, middle)
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        return _line_from(lines, low) == wanted


def _line_from(lines: BinaryIO, place: int) -> bytes:
    """The digits of the first line that begins at this byte or later; nothing behind the last one."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline()
    return lines.readline()[:_DIGITS]

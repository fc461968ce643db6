"""Identities of the demo world that cannot be real, beside those of `providers.identifiers`."""

from collections.abc import Callable
from random import Random
from re import sub

from providers.reference.spelling import spelled_out

PHONE = "00 00 00 00"
"""No Danish number begins with 0."""


def slug(text: str) -> str:
    """The text as a label of a host name below `.example`, which nobody can own (RFC 2606)."""
    return sub("[^a-z0-9]+", "-", spelled_out(text)).strip("-")[:60]


def unique(draw: Callable[[Random], str], random: Random) -> Callable[[], str]:
    """The same draw, never giving the same text twice."""
    seen: set[str] = set()

    def draw_new() -> str:
        while (text := draw(random)) in seen:
            pass
        seen.add(text)
        return text

    return draw_new

"""Distances and telephone numbers."""

import re
from functools import lru_cache

from babel.numbers import format_decimal

from portal.language import Language

_NO_FIGURES = re.compile(r"[^\d+]")
_NEAR, _FAR = 100.0, 100_000.0


def kilometres(metres: float, spoken: Language) -> str:
    """A straight line: `3,2 km`; whole kilometres from 100 km on, and never `0,0 km`."""
    if metres < _NEAR:
        return spoken.say("under 100 m")
    if metres >= _FAR:
        return _written(round(metres / 1000), "0", spoken.locale)
    return _written(round(metres / 1000, 1), "0.0", spoken.locale)


@lru_cache(maxsize=4096)
def _written(number: float, pattern: str, locale: str) -> str:
    """Babel reads the pattern and the locale anew each time, and there are not that many distances in Denmark."""
    return f"{format_decimal(number, pattern, locale=locale)} km"


def radius_words(radius: int | None, spoken: Language) -> str:
    """A radius in whole kilometres; None is the whole country."""
    return spoken.say("hele landet") if radius is None else f"{radius} km"


def tel(phone: str) -> str:
    """The number as a link dials it; Danish numbers get their country code."""
    figures = _NO_FIGURES.sub("", phone)
    return figures if figures.startswith("+") else f"+45{figures}"

"""Distances and telephone numbers."""

from babel.numbers import format_decimal

from portal.language import Language

_NEAR, _FAR = 100.0, 100_000.0


def kilometres(metres: float, spoken: Language) -> str:
    """A straight line: `3,2 km`; whole kilometres from 100 km on, and never `0,0 km`."""
    if metres < _NEAR:
        return spoken.say("under 100 m")
    pattern = "0" if metres >= _FAR else "0.0"
    return f"{format_decimal(metres / 1000, pattern, locale=spoken.locale)} km"


def radius_words(radius: int | None, spoken: Language) -> str:
    """A radius in whole kilometres; None is the whole country."""
    return spoken.say("hele landet") if radius is None else f"{radius} km"


def tel(phone: str) -> str:
    """The number as a link dials it; Danish numbers get their country code."""
    figures = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return figures if figures.startswith("+") else f"+45{figures}"

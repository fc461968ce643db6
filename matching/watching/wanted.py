"""What somebody waits for, and when a time is news. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matching.models import Watch

DAYS = range(1, 8)
"""Monday to Sunday, as ISO 8601 numbers them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time at one site, or within `radius` kilometres (None = the whole country) of a postal code.

    Without an `origin` it is measured from the municipality's own point. `days` empty = any day of the week.
    """

    site_id: int | None = None
    origin: str | None = None
    radius: int | None = None
    days: frozenset[int] = frozenset()


def wanted_of(watch: Watch) -> Wanted:
    """As it was asked for."""
    days = frozenset(day for day in DAYS if watch.weekdays & _bit(day))
    return Wanted(watch.site_id, watch.origin_id, watch.radius, days)


def bits(days: Iterable[int]) -> int:
    """As the table keeps them; every day of the week is any day."""
    kept = sum(map(_bit, set(days)))
    return 0 if kept == sum(map(_bit, DAYS)) else kept


def is_news(known: datetime | None, first: datetime | None) -> bool:
    """Whether the first time that there is now is one that the citizen could not have chosen before."""
    return first is not None and (known is None or first < known)


def _bit(day: int) -> int:
    return 1 << (day - 1)

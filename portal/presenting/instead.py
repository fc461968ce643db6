"""When somebody else took the time: what there is instead, at the same site and at the nearest others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.finding import Match
from matching.finding.seats import Seat
from portal.language import Language
from portal.presenting import dates
from portal.presenting.links import Link
from portal.presenting.numbers import kilometres
from portal.presenting.site_page import Time, time_of

_TIMES = 3


@dataclass(frozen=True, slots=True)
class Instead:
    """`times` are at the same site, `sites` elsewhere, each with its first time."""

    times: tuple[tuple[str, Time], ...]
    sites: tuple[tuple[Link, str], ...]


def instead(lost: datetime, seats: Sequence[Seat], others: Sequence[Match], spoken: Language) -> Instead:
    """The times that are nearest to the lost one, in order, and the nearest other sites."""
    nearest = sorted(seats, key=lambda seat: abs(seat.starts_at - lost))[:_TIMES]
    return Instead(
        times=tuple(
            (dates.first_letter_up(dates.start_day(seat.starts_at, spoken, year=False)), time_of(seat, spoken))
            for seat in sorted(nearest, key=lambda seat: seat.starts_at)
        ),
        sites=tuple((Link(match.site_name, f"/steder/{match.site_id}"), _first(match, spoken)) for match in others),
    )


def _first(match: Match, spoken: Language) -> str:
    when = dates.start(match.first_free, spoken, year=False)
    return spoken.say("%(when)s, %(distance)s derfra", when=when, distance=kilometres(match.distance, spoken))

"""A site's own page: what there is to know, and its free times day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from matching.finding.seats import Seat
from matching.plan_facts import Basis
from portal.language import Language
from portal.presenting import dates
from portal.presenting.sites import About, about_site
from portal.presenting.words import BASIS_WORDS, MODE_WORDS
from providers.models import Site, SlotMode
from providers.weeks import is_whole_week, week_of

DAYS_AT_FIRST = 5
"""Days that are open at once; the others wait behind one fold."""


@dataclass(frozen=True, slots=True)
class Time:
    """A first contact to choose. `spoken` is what a screen reader says instead of the bare hour."""

    slot: int
    clock: str
    detail: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Day:
    heading: str
    count: str
    against: str
    times: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class SitePage:
    """`opens` says why the times cannot be chosen yet; `bookable` whether they can."""

    site: int
    title: str
    about: About
    basis: str
    opens: str
    bookable: bool
    days: tuple[Day, ...]
    later_days: tuple[Day, ...]


def site_page(
    site: Site,
    seats: Sequence[Seat],
    spoken: Language,
    *,
    deadline: date | None = None,
    open_bases: Iterable[Basis] = (),
    opens_on: date | None = None,
    marked_before: datetime | None = None,
) -> SitePage:
    """The site comes with its provider and postal code; a seat on a basis that is not open is shown only."""
    bases = {seat.basis for seat in seats}
    days = _days(seats, deadline, spoken)
    return SitePage(
        site=site.pk,
        title=site.name,
        about=about_site(site, spoken, marked_before),
        basis=" · ".join(spoken.say(BASIS_WORDS[basis]) for basis in Basis if basis in bases) if deadline else "",
        opens=_opens(opens_on, spoken) if opens_on and bases and not bases & set(open_bases) else "",
        bookable=bool(bases & set(open_bases)),
        days=days[:DAYS_AT_FIRST],
        later_days=days[DAYS_AT_FIRST:],
    )


def _opens(opens_on: date, spoken: Language) -> str:
    return spoken.say(
        "Tiderne kan ikke vælges endnu. Du kan vælge dette sted fra den %(date)s, hvis din kommune ikke tilbyder dig "
        "en tid inden for fristen.",
        date=dates.short_date(opens_on, spoken),
    )


def _days(seats: Sequence[Seat], deadline: date | None, spoken: Language) -> tuple[Day, ...]:
    by_day = groupby(seats, key=lambda seat: dates.start_day(seat.starts_at, spoken, year=False))
    return tuple(_day(heading, list(of_day), deadline, spoken) for heading, of_day in by_day)


def _day(heading: str, seats: list[Seat], deadline: date | None, spoken: Language) -> Day:
    return Day(
        heading=dates.first_letter_up(heading),
        count=_count(seats, spoken),
        against=dates.against_deadline(seats[0].starts_at, deadline, spoken) if deadline else "",
        times=tuple(time_of(seat, spoken) for seat in seats),
    )


def _count(seats: Sequence[Seat], spoken: Language) -> str:
    if not is_whole_week(seats[0].starts_at):
        return spoken.say_many("%(count)s ledig tid", "%(count)s ledige tider", len(seats))
    return spoken.say_many("%(count)s ledig plads", "%(count)s ledige pladser", sum(seat.free_seats for seat in seats))


def time_of(seat: Seat, spoken: Language) -> Time:
    """A seat as a button."""
    mode, minutes = spoken.say(MODE_WORDS[SlotMode(seat.mode)]), spoken.say("%(minutes)s min.", minutes=seat.minutes)
    detail = f"{mode}, {minutes}"
    if is_whole_week(seat.starts_at):
        detail = f"{spoken.say('Stedet ringer og aftaler dag og klokkeslæt med dig.')} {detail}"
    return Time(
        slot=seat.slot_id,
        clock=_clock(seat.starts_at, spoken),
        detail=detail,
        spoken=_said(seat.starts_at, spoken),
    )


def _clock(starts_at: datetime, spoken: Language) -> str:
    if is_whole_week(starts_at):
        return spoken.say("Uge %(week)s", week=week_of(starts_at).isocalendar().week)
    return dates.clock(starts_at, spoken)


def _said(starts_at: datetime, spoken: Language) -> str:
    return spoken.say("Vælg %(time)s", time=dates.start(starts_at, spoken, year=False))

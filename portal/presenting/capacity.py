"""A site's times in words: the week day by day, the closures, and what a change would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matching.capacity.patterns import Outcome
from matching.capacity.times import Time
from portal.language import Language
from portal.presenting import dates
from portal.presenting.courses import mode_words
from portal.presenting.forms import Option, options
from portal.presenting.tables import Kind, Tag
from providers.clock import local_date
from providers.models import Closure, ClosureKind, SlotMode
from providers.words import N_

_KINDS: Mapping[ClosureKind, str] = {
    ClosureKind.CLOSED: N_("Lukket"),
    ClosureKind.HOLIDAY: N_("Helligdag"),
    ClosureKind.ILL: N_("Sygdom"),
}


@dataclass(frozen=True, slots=True)
class TimeLine:
    """`about` names the time for those who do not see which line a button is in."""

    id: int
    clock: str
    mode: str
    tag: Tag
    about: str
    can_close: bool
    can_open: bool
    booked: bool


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    today: bool
    list_path: str
    lines: list[TimeLine]


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day or days; `iso` is as a form sends it."""

    iso: str
    days: str
    why: str


def week_days(found: Sequence[Time], monday: date, now: datetime, spoken: Language) -> list[Day]:
    """Seven days, each with its times."""
    return [_day(monday + timedelta(days=number), found, now, spoken) for number in range(7)]


def _day(day: date, found: Sequence[Time], now: datetime, spoken: Language) -> Day:
    name = dates.first_letter_up(dates.day(day, spoken, year=False))
    lines = [_line(time, now, spoken) for time in found if local_date(time.starts_at) == day]
    return Day(name, day == local_date(now), f"/klinik/i-dag?dag={day}", lines)


def _line(time: Time, now: datetime, spoken: Language) -> TimeLine:
    ahead = time.starts_at > now
    length = spoken.say("%(minutes)s minutter", minutes=time.minutes)
    return TimeLine(
        id=time.id,
        clock=dates.start_clock(time.starts_at, spoken),
        mode=f"{mode_words(time.mode, spoken)}, {length}",
        tag=_tag(time, spoken),
        about=dates.start(time.starts_at, spoken, year=False),
        can_close=ahead and time.closed_seats is None,
        can_open=ahead and time.closed_seats is not None and not time.agreed,
        booked=time.taken > 0,
    )


def _tag(time: Time, spoken: Language) -> Tag:
    used = time.taken + time.blocked_seats
    if time.agreed:
        return Tag(spoken.say("Aftalt med en borger") if time.taken else spoken.say("Aflyst"))
    if time.closed_seats is not None:
        note = (
            spoken.say_many("%(count)s borger har den", "%(count)s borgere har den", time.taken) if time.taken else ""
        )
        return Tag(spoken.say("Lukket"), Kind.PLAIN, note)
    words = spoken.say("%(used)s af %(seats)s optaget", used=used, seats=time.seats)
    if used > time.seats:
        return Tag(words, Kind.BAD, spoken.say("Overbooket"))
    return Tag(words, Kind.PLAIN if used == time.seats else Kind.GOOD)


def mode_options(chosen: str, spoken: Language) -> list[Option]:
    """Individual, unless told otherwise."""
    return options({mode.value: mode_words(mode, spoken) for mode in SlotMode}, chosen or SlotMode.INDIVIDUAL)


def closure_lines(closed: Sequence[Closure], spoken: Language) -> list[DayLine]:
    """In order."""
    return [DayLine(one.first_day.isoformat(), _days(one, spoken), spoken.say(_KINDS[one.kind])) for one in closed]


def holiday_lines(days: Mapping[date, str], spoken: Language) -> list[DayLine]:
    """Holidays under their Danish names, which is what people here call them."""
    return [DayLine(day.isoformat(), dates.first_letter_up(dates.day(day, spoken)), name) for day, name in days.items()]


def outcome_lines(outcome: Outcome, spoken: Language) -> list[str]:
    """What a change would do, in sentences; times of citizens one by one."""
    opened, closed = outcome.opened, outcome.closed
    more = spoken.say_many("%(count)s ny tid bliver lagt ind.", "%(count)s nye tider bliver lagt ind.", opened)
    less = spoken.say_many("%(count)s ledig tid bliver lukket.", "%(count)s ledige tider bliver lukket.", closed)
    counts = [line for number, line in ((opened, more), (closed, less)) if number]
    stays = [
        spoken.say("En borger har en tid %(when)s og beholder den.", when=dates.start(at, spoken))
        for at in outcome.stays
    ]
    lines = counts + stays + _beyond(outcome, spoken)
    return lines or [spoken.say("Der kommer ingen tider til, og ingen bliver lukket.")]


def _beyond(outcome: Outcome, spoken: Language) -> list[str]:
    return [
        spoken.say_many(
            "%(count)s borger har allerede valgt %(when)s og beholder det. Ingen nye kan vælge den.",
            "%(count)s borgere har allerede valgt %(when)s og beholder det. Ingen nye kan vælge den.",
            taken,
            when=dates.start(at, spoken),
        )
        for at, taken in outcome.beyond
    ]


def ill_lines(ahead: Sequence[Time], spoken: Language) -> list[str]:
    """What closing the rest of a day means for its times."""
    citizens = sum(time.taken for time in ahead)
    free = sum(1 for time in ahead if time.closed_seats is None and not time.taken)
    after = N_(
        "Bagefter får du listen, så du kan give hver af dem en ny tid eller aflyse. "
        "Først da får borgeren og kommunen besked."
    )
    return [
        spoken.say_many("%(count)s ledig tid bliver lukket.", "%(count)s ledige tider bliver lukket.", free),
        spoken.say_many(
            "%(count)s borger har en tid resten af dagen.", "%(count)s borgere har en tid resten af dagen.", citizens
        ),
        *([spoken.say(after)] if citizens else []),
    ]


def _days(one: Closure, spoken: Language) -> str:
    first = dates.first_letter_up(dates.day(one.first_day, spoken))
    return first if one.first_day == one.last_day else f"{first} – {dates.day(one.last_day, spoken)}"

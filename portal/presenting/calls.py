"""People to ring, as the clinic reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.calling import WaitingCall, WaitingWeek
from portal.language import Language
from portal.presenting.dates import first_letter_up, short_date, start_day
from portal.presenting.links import Link, phone_link
from portal.presenting.tables import Head, Tag, deadline_tag
from providers.clock import local_date
from providers.words import N_


@dataclass(frozen=True, slots=True)
class CallLine:
    """One promise; `phone` rings when it is pressed on a telephone."""

    number: int
    due: Tag
    name: str
    phone: Link | None
    place: str
    asked: str


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Somebody who chose a week; `path` is where day and hour are put in."""

    path: str
    due: Tag
    name: str
    phone: Link | None
    place: str
    week: str


def call_heads(spoken: Language) -> list[Head]:
    """The columns of the list."""
    labels = (N_("Ring senest"), N_("Borger"), N_("Telefon"), N_("Sted"), N_("Bad om det"), N_("Udfald"))
    return [Head(spoken.say(label)) for label in labels]


def _in_pairs(phone: str) -> str:
    """`+4500000017` as it is read aloud: `00 00 00 17`."""
    digits = phone.removeprefix("+45")
    return " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def call_lines(calls: Sequence[WaitingCall], today: date, spoken: Language) -> list[CallLine]:
    """Whoever calls this has logged a look at each of them."""
    return [
        CallLine(
            number=call.id,
            due=deadline_tag(call.due_on, today, spoken),
            name=call.name,
            phone=phone_link(_in_pairs(call.phone)),
            place=call.site_name,
            asked=short_date(local_date(call.asked_at), spoken),
        )
        for call in calls
    ]


def week_heads(spoken: Language) -> list[Head]:
    """The columns of those who chose a week."""
    labels = (N_("Ring senest"), N_("Borger"), N_("Telefon"), N_("Sted"), N_("Har valgt"), N_("Næste skridt"))
    return [Head(spoken.say(label)) for label in labels]


def week_lines(weeks: Sequence[WaitingWeek], today: date, spoken: Language) -> list[WeekLine]:
    """Whoever calls this has logged a look at each of them."""
    return [
        WeekLine(
            path=f"/klinik/forloeb/{week.plan_id}",
            due=deadline_tag(week.due_on, today, spoken),
            name=week.name,
            phone=phone_link(week.phone),
            place=week.site_name,
            week=first_letter_up(start_day(week.starts_at, spoken, year=False)),
        )
        for week in weeks
    ]

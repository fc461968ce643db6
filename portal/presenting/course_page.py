"""One course as its clinic reads it: the booking, the hospital's words, what has happened, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.contents import PlanContents
from matching.course.moving import OwnTime
from matching.course.notes import open_note
from matching.course.reading import Event, Found
from matching.course_codes import (
    CANNOT_RECEIVE_WORDS,
    INTERVENTION_WORDS,
    OVERBOOKED_WORDS,
    CannotReceive,
    Intervention,
    Overbooked,
)
from matching.national_codes import STOP_REASON_CODES
from matching.states import BookingState, StopReason
from portal.language import Language
from portal.presenting import dates
from portal.presenting.choices import Row
from portal.presenting.courses import mode_words, package_and_level
from portal.presenting.forms import Option, options
from portal.presenting.look_up_words import ACTION_WORDS
from portal.presenting.own_plan import Part
from portal.presenting.tables import Head
from providers.clock import local_date
from providers.models import SlotMode
from providers.reference import Catalogue
from providers.vault import Vault
from providers.weeks import earliest, is_whole_week
from providers.words import N_

_PARTS = (
    ("health", N_("Sygdom og behandling")),
    ("function_before", N_("Funktion før")),
    ("function_at_discharge", N_("Funktion ved udskrivning")),
    ("need", N_("Behov for genoptræning")),
    ("safety", N_("Det skal I passe på")),
    ("practical", N_("Praktisk")),
)


@dataclass(frozen=True, slots=True)
class Can:
    """What the states and the time allow to be written next."""

    receive: bool
    asked: bool
    change: bool
    agree: bool
    start: bool
    record: bool
    miss: bool
    level: bool


@dataclass(frozen=True, slots=True)
class EventLine:
    """`note` is what was written with it."""

    at: str
    when: str
    what: str
    detail: str
    note: str
    by: str


def can_of(found: Found, now: datetime) -> Can:
    """By the course alone; the role is asked for elsewhere."""
    line, is_open = found.line, found.line.open
    waiting = is_open and line.state in {BookingState.REQUESTED, BookingState.CONFIRMED}
    agreed = is_open and line.state is BookingState.CONFIRMED
    answered = any(event.kind in {"booking_received", "request_accepted"} for event in found.events)
    begun = is_open and line.state is BookingState.STARTED
    return Can(
        receive=waiting and not answered,
        asked=is_open and line.state is BookingState.REQUESTED,
        change=agreed,
        agree=agreed and is_whole_week(line.starts_at),
        start=agreed and local_date(earliest(line.starts_at)) <= local_date(now),
        record=begun,
        miss=begun or (agreed and line.starts_at <= now),
        level=is_open,
    )


def course_rows(found: Found, catalogue: Catalogue, spoken: Language) -> list[Row]:
    """When and where, to what, and who pays."""
    line, home = found.line, catalogue.municipalities[found.plan.municipality_id]
    when = dates.first_letter_up(dates.start(line.starts_at, spoken))
    length = spoken.say("%(minutes)s minutter", minutes=line.minutes)
    return [
        Row(spoken.say("Første kontakt"), when),
        Row(spoken.say("Form"), f"{mode_words(line.mode, spoken)}, {length}"),
        Row(spoken.say("Sted"), line.site_name),
        Row(spoken.say("Forløbspakke"), package_and_level(line, catalogue, spoken) or "–"),
        Row(spoken.say("Udskrevet"), dates.short_date(found.plan.discharge_date, spoken)),
        Row(spoken.say("Kommune"), home.official_name),
        Row(spoken.say("Sagsnummer"), line.case_reference),
    ]


def plan_parts(contents: PlanContents, spoken: Language) -> list[Part]:
    """The hospital's words under headings for those who treat."""
    texts = [(name, spoken.say(heading), getattr(contents, name)) for name, heading in _PARTS]
    return [Part(name, heading, tuple(text.splitlines())) for name, heading, text in texts if text]


def event_heads(spoken: Language) -> list[Head]:
    """The columns of what has happened."""
    return [Head(spoken.say(label)) for label in (N_("Tid"), N_("Hvad"), N_("Af"))]


def course_events(events: Sequence[Event], vault: Vault | None, spoken: Language) -> list[EventLine]:
    """Newest first; without the vault, words stay sealed."""
    return [_event(event, vault, spoken) for event in events]


def own_time_options(times: Sequence[OwnTime], chosen: str, spoken: Language) -> list[Option]:
    """Each with its place and the seats that are left."""
    return options({str(time.id): _time(time, spoken) for time in times}, chosen)


def _time(time: OwnTime, spoken: Language) -> str:
    when = dates.first_letter_up(dates.start(time.starts_at, spoken, year=False))
    seats = spoken.say_many("%(count)s ledig plads", "%(count)s ledige pladser", time.free)
    full = spoken.say("optaget")
    return ", ".join((when, time.site_name, mode_words(SlotMode(time.mode), spoken), seats if time.free > 0 else full))


def _event(event: Event, vault: Vault | None, spoken: Language) -> EventLine:
    return EventLine(
        at=event.at.isoformat(timespec="minutes"),
        when=f"{dates.day_and_month(event.at, spoken)} {dates.clock(event.at, spoken)}",
        what=spoken.say(ACTION_WORDS.get(event.kind, event.kind)),
        detail=_detail(event, spoken),
        note=open_note(event.note, vault) if event.note and vault else "",
        by=event.person or (spoken.say("Borgeren") if event.actor.startswith("citizen") else ""),
    )


def _detail(event: Event, spoken: Language) -> str:
    told = {name: after or "" for name, (_, after) in event.changes.items()}
    if event.kind == "contact_held":
        when = dates.day_and_time(datetime.fromisoformat(told["starts_at"]), spoken, year=False)
        length = spoken.say("%(minutes)s minutter", minutes=told["minutes"])
        done = spoken.say(INTERVENTION_WORDS[Intervention(told["intervention"])])
        return ", ".join((when, length, mode_words(SlotMode(told["mode"]), spoken), done))
    if "overbooked" in told:
        why = spoken.say(OVERBOOKED_WORDS[Overbooked(told["overbooked"])])
        return spoken.say("Overbooket: %(why)s", why=why)
    return _reason(event.reason, spoken)


def _reason(reason: str | None, spoken: Language) -> str:
    if reason in set(CannotReceive):
        return spoken.say(CANNOT_RECEIVE_WORDS[CannotReceive(reason)])
    return STOP_REASON_CODES[StopReason(reason)].display if reason in set(StopReason) else ""

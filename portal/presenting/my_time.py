"""The citizen's own time: the booking as it stands, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from matching.booking.notice import changeable_until
from matching.calling import ring_by
from matching.models import Booking
from matching.plan_facts import Basis
from matching.policy import Policy
from matching.requests import answer_due
from matching.state_words import BOOKING_WORDS, STOP_REASON_WORDS
from matching.states import SEATED, BookingState, StopReason
from portal.language import Language
from portal.presenting import dates
from portal.presenting.choices import Row, ring_link
from portal.presenting.forms import Option
from portal.presenting.sites import About, about_site, address
from portal.presenting.words import BASIS_WORDS, MODE_WORDS
from providers.clock import local_date
from providers.models import SlotMode
from providers.weeks import is_whole_week
from providers.words import N_

CITIZEN_REASONS = (
    StopReason.OPTED_OUT_ILLNESS,
    StopReason.OPTED_OUT_TRANSPORT_LOGISTICS,
    StopReason.OPTED_OUT_TRANSPORT_COST,
    StopReason.OPTED_OUT_OTHER_TRAINING,
    StopReason.NO_FURTHER_NEED_CITIZEN,
)
"""The national stop reasons that a citizen can give of themselves; without one, it is that they opted out."""

_CHANGEABLE = frozenset({BookingState.REQUESTED, BookingState.CONFIRMED})
_RECEIPT_TITLES = {
    BookingState.REQUESTED: N_("Vi har spurgt om tiden"),
    BookingState.CONFIRMED: N_("Din tid er bestilt"),
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booking in full. `live` = it has not ended; `changeable` = it can still be moved or cancelled here.

    `too_late` = it is still to come, and so near that only the clinic can change it. `until` is until when it was not.
    `away` = one has to go there. `taken_away` = it will not take place. `answer` says by when the other municipality
    answers, while it is `waiting`.
    """

    number: str
    status: str
    when: str
    site: str
    rows: tuple[Row, ...]
    about: About
    live: bool
    waiting: bool
    changeable: bool
    too_late: bool
    until: str
    away: bool
    taken_away: bool
    answer: str


@dataclass(frozen=True, slots=True)
class MyTime:
    """`offered` is the municipality's own offer, while it stands; `free_to_choose` = no time is booked."""

    title: str
    appointment: Appointment | None
    offered: Appointment | None
    free_to_choose: bool


def my_time(
    latest: Booking | None,
    offered: Booking | None,
    deadline: date,
    now: datetime,
    policy: Policy,
    spoken: Language,
    *,
    receipt: bool,
) -> MyTime:
    """Both bookings come with slot, site, provider and postal code."""
    title = spoken.say("Din tid")
    if receipt and latest is not None:
        title = spoken.say(_RECEIPT_TITLES.get(latest.state, title))
    chosen = appointment_of(latest, deadline, now, policy, spoken) if latest else None
    return MyTime(
        title=title,
        appointment=chosen,
        offered=appointment_of(offered, deadline, now, policy, spoken) if offered else None,
        free_to_choose=chosen is None or not chosen.live,
    )


def reason_options(spoken: Language) -> Sequence[Option]:
    """Why a time is cancelled, in plain words; nobody has to say."""
    return [Option(reason.value, spoken.say(STOP_REASON_WORDS[reason])) for reason in CITIZEN_REASONS]


def appointment_of(booking: Booking, deadline: date, now: datetime, policy: Policy, spoken: Language) -> Appointment:
    """A booking, or an offer; it comes with slot, site, provider and postal code."""
    slot = booking.slot
    coming = booking.state in _CHANGEABLE and slot.starts_at > now
    until = changeable_until(slot.starts_at, slot.site.change_notice_hours, policy)
    too_late = coming and booking.state is BookingState.CONFIRMED and now > until
    return Appointment(
        number=booking_number(booking.id),
        status=spoken.say(BOOKING_WORDS[booking.state]),
        when=dates.first_letter_up(dates.start(slot.starts_at, spoken)),
        site=slot.site.name,
        rows=_rows(booking, deadline, now, policy, spoken),
        about=about_site(slot.site, spoken),
        live=booking.state in _CHANGEABLE | {BookingState.STARTED},
        waiting=booking.state is BookingState.REQUESTED,
        changeable=coming and not too_late,
        too_late=too_late,
        until=dates.day_and_time(until, spoken),
        away=slot.mode in {SlotMode.INDIVIDUAL, SlotMode.GROUP},
        taken_away=booking.state not in SEATED,
        answer=_answer(booking, policy, spoken) if booking.state is BookingState.REQUESTED else "",
    )


def _answer(booking: Booking, policy: Policy, spoken: Language) -> str:
    day = answer_due(booking.created_at, booking.slot.starts_at, policy.request_days)
    return spoken.say(
        "Tiden er først din, når den anden kommune siger ja. Den skal svare senest %(day)s. Hører du ikke noget, så "
        "ring til stedet, før du tager af sted.",
        day=dates.day(day, spoken, year=False),
    )


def booking_number(booking_id: UUID) -> str:
    """`3F2A-91BC`: the beginning of the booking's own number, which the staff can look it up by."""
    start = booking_id.hex[:8].upper()
    return f"{start[:4]}-{start[4:]}"


def _rows(booking: Booking, deadline: date, now: datetime, policy: Policy, spoken: Language) -> tuple[Row, ...]:
    slot = booking.slot
    form = spoken.say("%(mode)s, %(minutes)s minutter", mode=spoken.say(MODE_WORDS[slot.mode]), minutes=slot.minutes)
    against = dates.first_letter_up(dates.against_deadline(slot.starts_at, deadline, spoken))
    shown = "" if booking.basis is Basis.OTHER_MUNICIPALITY else against
    number = Row(spoken.say("Kvitteringsnummer"), booking_number(booking.id))
    return (
        Row(spoken.say("Tid"), dates.first_letter_up(dates.start(slot.starts_at, spoken)), shown),
        *_ringing(booking, now, policy, spoken),
        Row(spoken.say("Sted"), slot.site.name, address(slot.site)),
        Row(spoken.say("Form"), form),
        Row(spoken.say("Hvem står for det"), spoken.say(BASIS_WORDS[booking.basis])),
        *(() if booking.state is BookingState.OFFERED else (number,)),
    )


def _ringing(booking: Booking, now: datetime, policy: Policy, spoken: Language) -> tuple[Row, ...]:
    """By when the site rings about a week; when another municipality said yes does not stand in the booking."""
    slot, waiting = booking.slot, booking.state is BookingState.CONFIRMED
    if not (waiting and is_whole_week(slot.starts_at)) or booking.basis is Basis.OTHER_MUNICIPALITY:
        return ()
    due = ring_by(booking.created_at, slot.starts_at, policy.call_days)
    day = dates.first_letter_up(dates.day(due, spoken, year=False))
    if local_date(now) <= due:
        return (Row(spoken.say("Stedet ringer senest"), day),)
    late = spoken.say("Har de ikke ringet endnu, så ring selv til dem.")
    return (Row(spoken.say("Stedet skulle have ringet senest"), day, late, ring_link(slot.site.phone, spoken)),)

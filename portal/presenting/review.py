"""The last look before a time is booked: what, where, on what basis, and what that means."""

from dataclasses import dataclass
from datetime import date

from matching.finding.seats import Seat
from matching.plan_facts import Basis
from portal.language import Language
from portal.presenting import dates
from portal.presenting.choices import Row
from portal.presenting.sites import address
from portal.presenting.words import BASIS_WORDS, MODE_WORDS
from providers.models import Site, SlotMode


@dataclass(frozen=True, slots=True)
class Review:
    """`loses_guarantee` asks for a tick of its own. `replaces` is the booking that is moved, or empty."""

    title: str
    rows: tuple[Row, ...]
    meaning: tuple[str, ...]
    loses_guarantee: bool
    submit: str
    slot: int
    key: str
    replaces: str


def review(site: Site, seat: Seat, deadline: date, spoken: Language, *, key: str, replaces: str) -> Review:
    """`key` makes a second press of the button the same booking."""
    return Review(
        title=spoken.say("Gennemse og flyt") if replaces else spoken.say("Gennemse og book"),
        rows=appointment_rows(site, seat, deadline, spoken),
        meaning=_meaning(seat.basis, replaces, spoken),
        loses_guarantee=seat.basis is Basis.OTHER_MUNICIPALITY,
        submit=_submit(seat.basis, replaces, spoken),
        slot=seat.slot_id,
        key=key,
        replaces=replaces,
    )


def appointment_rows(site: Site, seat: Seat, deadline: date, spoken: Language) -> tuple[Row, ...]:
    """A first contact in full; the site comes with its postal code."""
    form = spoken.say(
        "%(mode)s, %(minutes)s minutter", mode=spoken.say(MODE_WORDS[SlotMode(seat.mode)]), minutes=seat.minutes
    )
    return (
        Row(
            spoken.say("Tid"),
            dates.first_letter_up(dates.start(seat.starts_at, spoken)),
            dates.first_letter_up(dates.against_deadline(seat.starts_at, deadline, spoken)),
        ),
        Row(spoken.say("Sted"), site.name, address(site)),
        Row(spoken.say("Form"), form),
        Row(spoken.say("Hvem står for det"), spoken.say(BASIS_WORDS[seat.basis])),
    )


def _meaning(basis: Basis, replaces: str, spoken: Language) -> tuple[str, ...]:
    """What the citizen should know of the choice (Sundhedsloven § 140; BEK 816/2018 on transport)."""
    transport = spoken.say(
        "Du sørger selv for at komme derhen. Har du ret til kørsel, kan du højst få det, som kørsel til din egen "
        "kommunes sted ville have kostet. Det er vejledende: Spørg din kommune."
    )
    if basis is Basis.OTHER_MUNICIPALITY:
        asked = spoken.say("Den anden kommune skal sige ja, før tiden er din. Du får besked.")
        given_up = spoken.say("Du opgiver den tid, du har nu, også hvis den anden kommune siger nej.")
        return (asked, given_up, transport) if replaces else (asked, transport)
    return (transport,) if basis is Basis.EXTENDED else ()


def _submit(basis: Basis, replaces: str, spoken: Language) -> str:
    if replaces:
        return spoken.say("Flyt til denne tid")
    return spoken.say("Spørg om denne tid") if basis is Basis.OTHER_MUNICIPALITY else spoken.say("Book tiden")

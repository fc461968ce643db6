"""What a municipality has not heard of, as the clinic reads it: which case, what, and whom to ring."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.reports.untold import Untold
from portal.language import Language
from portal.presenting.dates import clock, short_date
from portal.presenting.links import Link, phone_link
from portal.presenting.look_up_words import ACTION_WORDS
from portal.presenting.tables import Head, Kind, Tag
from providers.words import N_


@dataclass(frozen=True, slots=True)
class UntoldLine:
    """One event; `phone` rings the municipality when it is pressed on a telephone."""

    path: str
    case: str
    event: str
    when: str
    municipality: str
    phone: Link | None
    email: str
    tag: Tag


def untold_heads(spoken: Language) -> list[Head]:
    """The columns of the list."""
    labels = (N_("Sag"), N_("Det ved kommunen ikke"), N_("Tid"), N_("Ring til"), N_("Portalen"))
    return [Head(spoken.say(label)) for label in labels]


def untold_lines(found: Sequence[Untold], spoken: Language) -> list[UntoldLine]:
    """The list's lines, or those of one course."""
    return [_line(one, spoken) for one in found]


def _line(one: Untold, spoken: Language) -> UntoldLine:
    tried, given_up = spoken.say("Prøver stadig"), spoken.say("Har opgivet")
    return UntoldLine(
        path=f"/klinik/forloeb/{one.plan_id}",
        case=one.case_reference,
        event=spoken.say(ACTION_WORDS.get(one.kind, one.kind)),
        when=f"{short_date(one.at, spoken)} {clock(one.at, spoken)}",
        municipality=one.municipality,
        phone=phone_link(one.phone) if one.phone else None,
        email=one.email or "",
        tag=Tag(tried, Kind.WAITING) if one.tried else Tag(given_up, Kind.BAD),
    )

"""The front pages of the rooms: a name and a number on each line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from matching.states import PlanState
from portal.language import Language
from portal.presenting.dates import day_and_time
from portal.presenting.staff import ROLE_WORDS
from portal.presenting.tables import Head
from providers.models import ApprovalState
from providers.roles import Role
from providers.words import N_

CASE_WORDS: Mapping[PlanState, str] = MappingProxyType(
    {
        PlanState.RECEIVED: N_("Modtaget, ikke visiteret"),
        PlanState.HANDED_BACK: N_("Tilbageført til kommunen"),
        PlanState.ASSESSED: N_("Visiteret, uden tid"),
        PlanState.BOOKED: N_("Har en tid"),
        PlanState.STARTED: N_("I gang"),
        PlanState.COMPLETED: N_("Afsluttet"),
        PlanState.STOPPED: N_("Stoppet"),
        PlanState.ERROR: N_("Sendt ved en fejl"),
    }
)
"""A case's state as the staff says it, those that wait for the municipality first."""

APPROVAL_WORDS: Mapping[ApprovalState, str] = MappingProxyType(
    {
        ApprovalState.APPLIED: N_("Ansøgt, venter på svar"),
        ApprovalState.RETURNED: N_("Sendt tilbage til ansøgeren"),
        ApprovalState.APPROVED: N_("Godkendt"),
        ApprovalState.SUSPENDED: N_("Sat i bero"),
        ApprovalState.REJECTED: N_("Afvist"),
        ApprovalState.WITHDRAWN: N_("Trukket tilbage"),
    }
)

_SILENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Line:
    """One count."""

    label: str
    count: int


def case_lines(found: Mapping[PlanState, int], spoken: Language) -> list[Line]:
    """Every state, in the order in which somebody has to do something."""
    return [Line(spoken.say(words), found[state]) for state, words in CASE_WORDS.items()]


def role_lines(found: Mapping[Role, int], spoken: Language) -> list[Line]:
    """Every role."""
    return [Line(spoken.say(ROLE_WORDS[role]), found.get(role, 0)) for role in Role]


def site_heads(spoken: Language) -> list[Head]:
    """The columns of a clinic's sites."""
    return [
        Head(spoken.say("Sted")),
        Head(spoken.say("Aftalte første besøg"), number=True),
        Head(spoken.say("Venter på jeres svar"), number=True),
    ]


def worker_words(seen: datetime | None, now: datetime, spoken: Language) -> str:
    """Whether the jobs in the background run."""
    if seen is None:
        return spoken.say("Jobbene i baggrunden har aldrig været startet.")
    if now - seen < _SILENT:
        return spoken.say("Jobbene i baggrunden kører.")
    return spoken.say("Jobbene i baggrunden svarede sidst %(when)s.", when=day_and_time(seen, spoken))

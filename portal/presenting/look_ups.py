"""The look-up log as a municipality reads it: who, as what, did what to which case, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.auditing import Look
from portal.language import Language
from portal.presenting.dates import clock, short_date
from portal.presenting.look_up_words import ACTION_WORDS, PURPOSE_WORDS, RESULT_WORDS
from portal.presenting.staff import ROLE_WORDS
from portal.presenting.tables import Head
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, CITIZEN_WITH_MITID, HELPER, SYSTEM
from providers.roles import Role
from providers.words import N_

_WHO_WORDS: Mapping[str, str] = MappingProxyType(
    {
        CITIZEN.role: N_("Borgeren"),
        CITIZEN_WITH_CODE.role: N_("Borgeren, kun med forløbskoden"),
        CITIZEN_WITH_MITID.role: N_("Borgeren, med MitID"),
        HELPER: N_("En, der hjælper borgeren"),
        SYSTEM.role: N_("Genvej selv"),
        **{role.value: words for role, words in ROLE_WORDS.items()},
    }
)


@dataclass(frozen=True, slots=True)
class LookLine:
    """One entry. `as_what` is empty for a citizen; `note` says by what was searched, and the result unless it is ok."""

    when: str
    who: str
    as_what: str
    action: str
    case: str
    purpose: str
    note: str


def look_heads(spoken: Language) -> list[Head]:
    """The columns."""
    return [Head(spoken.say(label)) for label in (N_("Tid"), N_("Hvem"), N_("Handling"), N_("Sag"), N_("Formål"))]


def look_lines(looks: Sequence[Look], spoken: Language) -> list[LookLine]:
    """The entries as lines of a table."""
    return [look_line(look, spoken) for look in looks]


def look_line(look: Look, spoken: Language) -> LookLine:
    """One entry in words; an action that has none yet stands by its name."""
    role = spoken.say(_WHO_WORDS.get(look.role, look.role))
    place = look.organisation_name or look.organisation
    is_named = look.role in {*Role, HELPER}
    return LookLine(
        when=f"{short_date(look.at, spoken)} {clock(look.at, spoken)}",
        who=(look.name or look.person) if is_named else role,
        as_what=", ".join(filter(None, (role, place))) if is_named else "",
        action=spoken.say(ACTION_WORDS.get(look.action, look.action)),
        case=look.case_reference,
        purpose=spoken.say(PURPOSE_WORDS.get(look.purpose, look.purpose)),
        note=", ".join(filter(None, (look.criterion, _result(look.result, spoken)))),
    )


def _result(result: str, spoken: Language) -> str:
    if result.isdigit():
        return spoken.say_many("%(count)s fundet", "%(count)s fundet", int(result))
    return spoken.say(RESULT_WORDS.get(result, result))

"""Who has seen a case, in the citizen's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.auditing.own import DayOfLooks
from portal.language import Language
from portal.presenting import dates
from portal.presenting.staff import ROLE_WORDS
from providers.words import N_

LOOKER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "citizen_mitid": N_("Dig selv, med MitID"),
        "citizen": N_("Med begge koder fra dit brev"),
        "citizen_code": N_("Med forløbskoden fra dit brev"),
        "citizen_helper": N_("En, der hjælper dig, med begge koder fra dit brev"),
        "system": N_("Genvej, uden at et menneske så med"),
    }
    | {str(role): words for role, words in ROLE_WORDS.items()}
)
"""Role → who that is. A role that is not here is somebody who works with the case."""

PURPOSE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "casework": N_("for at behandle din sag"),
        "treatment": N_("for at tage imod dig til genoptræning"),
        "guidance": N_("for at vejlede dig"),
        "choice": N_("for at vælge eller ændre en tid"),
        "import": N_("for at tage imod din plan fra sygehuset"),
        "letter": N_("for at sende dig et brev med koder"),
        "messages": N_("for at sende dig beskeder"),
        "settlement": N_("for at afregne med stedet"),
        "own_case": N_("for at læse planen eller denne side"),
        "reporting": N_("for at give besked til din kommune"),
        "retention": N_("for at slette, hvad der ikke længere må gemmes"),
        "security": N_("for at passe på nøglerne til det, der er gemt"),
        "sign_in": N_("for at logge ind"),
        "standard": N_("for at skrive kommunens standard"),
        "supervision": N_("for at føre tilsyn med, hvem der ser sager"),
    }
)
"""Purpose → what for. A test looks for those that the code names and that have no words here."""

_SOMEBODY, _SOME_PURPOSE = N_("En medarbejder"), N_("for at behandle din sag")


@dataclass(frozen=True, slots=True)
class LookLine:
    """`who` with their organisation, `what_for`, and `when`: the day, how many looks, and the last one's time."""

    who: str
    what_for: str
    when: str


def look_lines(looks: Sequence[DayOfLooks], spoken: Language) -> list[LookLine]:
    """In the order in which they come."""
    return [LookLine(_who(look, spoken), _what_for(look, spoken), _when(look, spoken)) for look in looks]


def _who(look: DayOfLooks, spoken: Language) -> str:
    somebody = spoken.say(LOOKER_WORDS.get(look.role, _SOMEBODY))
    return f"{somebody}, {look.organisation}" if look.organisation else somebody


def _what_for(look: DayOfLooks, spoken: Language) -> str:
    if look.refused:
        return spoken.say("blev afvist")
    return spoken.say(PURPOSE_WORDS.get(look.purpose, _SOME_PURPOSE))


def _when(look: DayOfLooks, spoken: Language) -> str:
    day, clock = dates.first_letter_up(dates.day(look.day, spoken)), dates.clock(look.last, spoken)
    if look.times == 1:
        return spoken.say("%(day)s kl. %(time)s", day=day, time=clock)
    return spoken.say("%(day)s, %(times)s gange, sidst kl. %(time)s", day=day, times=look.times, time=clock)

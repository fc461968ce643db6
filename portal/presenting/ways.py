"""The four ways to be treated: open or not and why, and what each would mean for the citizen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matching.plan_facts import Basis
from matching.rights import Door, Reason
from matching.rights_words import REASON_WORDS
from portal.language import Language
from portal.presenting import dates
from portal.presenting.words import BASIS_WORDS
from providers.words import N_

_FREE = N_("Det er gratis for dig. Din kommune betaler.")
_MEANING: Mapping[Basis, tuple[str, ...]] = MappingProxyType(
    {
        Basis.OWN: (_FREE, N_("Har du ret til kørsel, betaler kommunen den.")),
        Basis.CONTRACT: (_FREE, N_("Har du ret til kørsel, betaler kommunen den.")),
        Basis.OTHER_MUNICIPALITY: (
            _FREE,
            N_("Du bekræfter, at fristen ikke længere gælder, før vi spørger stedet."),
            N_("Du sørger selv for at komme derhen."),
        ),
        Basis.EXTENDED: (
            _FREE,
            N_("Du sørger selv for at komme derhen."),
            N_("Har du ret til kørsel, kan du højst få det, som turen til kommunens eget sted koster."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Way:
    """One of the four bases: `state` is open, later or closed, `tag` says it in words, `means` what follows from it."""

    name: str
    state: str
    tag: str
    why: str
    means: tuple[str, ...]


def way(door: Door, undecided: bool, spoken: Language) -> Way:
    """`undecided`: package or level is still to be decided, so that no time can be chosen yet."""
    date = dates.short_date(door.opens_on, spoken) if door.opens_on else ""
    state, tag = _state(door, undecided, spoken)
    means = () if state == "closed" else _MEANING[door.basis]
    return Way(
        name=spoken.say(BASIS_WORDS[door.basis]),
        state=state,
        tag=tag,
        why=spoken.say(_why(door), date=date),
        means=tuple(spoken.say(sentence) for sentence in means),
    )


def _state(door: Door, undecided: bool, spoken: Language) -> tuple[str, str]:
    if door.open and undecided:
        return "later", spoken.say("Når kommunen har afgjort, hvad du skal have")
    if door.open:
        return "open", spoken.say("Du kan vælge nu")
    if door.opens_on is not None:
        return "later", spoken.say("Ikke åben endnu")
    return "closed", spoken.say("Kan ikke vælges")


def _why(door: Door) -> str:
    """The law opens own and contracted sites in one breath; on the page they stand apart."""
    if door.basis is Basis.CONTRACT and door.reason is Reason.ALWAYS_OPEN:
        return N_("Du kan altid vælge et sted, som din kommune har en aftale med.")
    return REASON_WORDS[door.reason]

"""For specialised plans, which are not chosen here: what they are, and who answers for them on that date."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matching.plan_facts import PlanType
from portal.language import Language
from portal.presenting.links import Link, phone_link
from providers.authorities import Responsible
from providers.words import N_

_WORDS: Mapping[PlanType, tuple[str, ...]] = MappingProxyType(
    {
        PlanType.SPECIALISED: (
            N_("Din genoptræning foregår på et sygehus, hvor speciallæger følger dig tæt."),
            N_("Du har frit sygehusvalg: Du kan vælge et andet sygehus, der giver den samme genoptræning."),
            N_("Et sygehus i en anden region kan sige nej, hvis der ikke er plads."),
            N_("Fristen på 7 dage og valget af private steder gælder ikke for denne slags genoptræning."),
        ),
        PlanType.SPECIALISED_REHABILITATION: (
            N_("Du skal have træning sammen med anden hjælp, som fagfolk med særlig viden giver."),
            N_("Loven giver dig også ret til at vælge her. Men ordningen er ikke sat i værk endnu."),
            N_("Derfor kan du ikke se steder eller vælge en tid på Genvej. Ring, så får du hjælp til at komme i gang."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`responsible` is empty when nobody is known to be; without a `phone` the page says where its number stands."""

    sentences: tuple[str, ...]
    responsible: str
    phone: Link | None


def elsewhere(plan_type: PlanType, responsible: Responsible | None, spoken: Language) -> Elsewhere | None:
    """None for a general plan."""
    if plan_type is PlanType.GENERAL:
        return None
    return Elsewhere(
        sentences=tuple(spoken.say(sentence) for sentence in _WORDS[plan_type]),
        responsible=spoken.say("%(name)s har ansvaret for din genoptræning.", name=responsible.name)
        if responsible
        else "",
        phone=phone_link(responsible.phone) if responsible else None,
    )

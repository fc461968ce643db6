"""Wishes that nothing can meet, whatever is free: they are said to be so, instead of found in vain.

WishesContradict
├── NoPlaceToComeTo    at home or on a screen, and yet a place with a lift
├── MunicipalOrPrivate municipal places only, and private ones that open later
└── GuaranteeOver      within the guarantee, which is over before anything can begin
"""

from typing import ClassVar

from matching.finding.search import Terms
from matching.finding.wishes import Wishes
from providers.errors import GenvejError
from providers.models import ProviderKind, SlotMode
from providers.words import N_

_WITHOUT_A_PLACE = frozenset({SlotMode.HOME, SlotMode.DIGITAL})


class WishesContradict(GenvejError):
    code: ClassVar[str] = "wishes_contradict"
    message: ClassVar[str] = N_("Dine ønsker kan ikke opfyldes på en gang. Fjern et af dem.")


class NoPlaceToComeTo(WishesContradict):
    message: ClassVar[str] = N_(
        "Hjemme og digitalt kommer du ikke hen til stedet. Fjern ønskerne til stedet, eller vælg også individuel eller "
        "på hold."
    )


class MunicipalOrPrivate(WishesContradict):
    message: ClassVar[str] = N_(
        "Du har valgt kun at se kommunale steder og at se private, der åbner senere. Vælg en af delene."
    )


class GuaranteeOver(WishesContradict):
    message: ClassVar[str] = N_("Ingen tid kan nås inden for fristen på 7 dage. Fjern det ønske for at se tiderne.")


def check_wishes(wishes: Wishes, terms: Terms, *, preview_private: bool = False) -> None:
    """Raises WishesContradict. `preview_private`: the places are asked for that may open later."""
    if wishes.facts and wishes.modes and wishes.modes <= _WITHOUT_A_PLACE:
        raise NoPlaceToComeTo
    if preview_private and wishes.kind is ProviderKind.MUNICIPAL:
        raise MunicipalOrPrivate
    if wishes.before is not None and wishes.before <= terms.not_before:
        raise GuaranteeOver

"""What a visitor wishes beyond a place and a distance: of the site, of the time, and of the list's order.

Each field has one value, so that an address carries them as it does the others.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from matching.finding import Fact, PartOfDay, Sort, Wishes
from matching.finding.contradictions import GuaranteeOver, MunicipalOrPrivate, NoPlaceToComeTo, WishesContradict
from matching.finding.wishes import NO_WISHES
from providers.clock import start_of_day
from providers.errors import GenvejError
from providers.models import ProviderKind, SlotMode
from providers.words import N_

SORTS = {"afstand": Sort.DISTANCE, "tid": Sort.FIRST_FREE}
KINDS = {"kommunale": ProviderKind.MUNICIPAL, "private": ProviderKind.PRIVATE}
MODES = {
    "individuel": SlotMode.INDIVIDUAL,
    "gruppe": SlotMode.GROUP,
    "hjemme": SlotMode.HOME,
    "digitalt": SlotMode.DIGITAL,
}
FACTS = {
    "trinfri": Fact.STEP_FREE,
    "elevator": Fact.LIFT,
    "handicaptoilet": Fact.ACCESSIBLE_TOILET,
    "parkering": Fact.PARKING,
}
PARTS = {"formiddag": PartOfDay.MORNING, "eftermiddag": PartOfDay.AFTERNOON, "aften": PartOfDay.EVENING}
_ORDER, _KIND, _LANGUAGE, _IN_TIME = "orden", "slags", "sprog", "frist"

NAMES = (_ORDER, _KIND, _LANGUAGE, _IN_TIME, *MODES, *FACTS, *PARTS)
"""The fields of the form."""

NARROWING = frozenset(NAMES) - {_ORDER}
"""Those that leave something out of the list."""


class ChoiceUnknown(GenvejError):
    code: ClassVar[str] = "choice_unknown"
    message: ClassVar[str] = N_("Vælg en af mulighederne på listen.")


@dataclass(frozen=True, slots=True)
class Wished:
    """`in_time`: no later than the guarantee date, which the finder learns from the plan."""

    sort: Sort = Sort.DISTANCE
    wishes: Wishes = NO_WISHES
    in_time: bool = False

    def until(self, deadline: date | None) -> Wishes:
        """The wishes for the finder. The guarantee's own day is in time."""
        if not self.in_time or deadline is None:
            return self.wishes
        return replace(self.wishes, before=start_of_day(deadline + timedelta(days=1)))

    def as_query(self) -> dict[str, str]:
        """The same wishes as an address says them; nothing for what is not wished."""
        wishes = self.wishes
        chosen = {_ORDER: _name(SORTS, self.sort), _KIND: _name(KINDS, wishes.kind), _LANGUAGE: wishes.language}
        ticked = {_IN_TIME: self.in_time}
        ticked |= {name: mode in wishes.modes for name, mode in MODES.items()}
        ticked |= {name: fact in wishes.facts for name, fact in FACTS.items()}
        ticked |= {name: part in wishes.parts for name, part in PARTS.items()}
        said = {name: value for name, value in chosen.items() if value and value != "afstand"}
        return said | {name: "1" for name, is_ticked in ticked.items() if is_ticked}


NOTHING_WISHED = Wished()


def read_wishes(query: Mapping[str, str]) -> tuple[Wished, dict[str, GenvejError]]:
    """The wishes of an address, and by field what cannot be read of them."""
    order, kind, language = (query.get(name, "") for name in (_ORDER, _KIND, _LANGUAGE))
    unknown = {
        _ORDER: order not in {"", *SORTS},
        _KIND: kind not in {"", *KINDS},
        _LANGUAGE: re.fullmatch("([a-z]{2})?", language) is None,
    }
    wishes = Wishes(
        kind=KINDS.get(kind),
        modes=frozenset(mode for name, mode in MODES.items() if query.get(name) == "1"),
        facts=frozenset(fact for name, fact in FACTS.items() if query.get(name) == "1"),
        language=language if language and not unknown[_LANGUAGE] else None,
        parts=frozenset(part for name, part in PARTS.items() if query.get(name) == "1"),
    )
    wished = Wished(SORTS.get(order, Sort.DISTANCE), wishes, query.get(_IN_TIME) == "1")
    return wished, {name: ChoiceUnknown() for name, is_unknown in unknown.items() if is_unknown}


def field_of(error: WishesContradict) -> str:
    """The field beside which a contradiction is told."""
    fields = {NoPlaceToComeTo: "stedet", MunicipalOrPrivate: _KIND, GuaranteeOver: _IN_TIME}
    return fields[type(error)]


def _name(names: Mapping[str, object], value: object) -> str | None:
    return next((name for name, known in names.items() if known == value), None)

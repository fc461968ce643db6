"""What a change of a case's facts was, in words: `niveau: – → basal`."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from portal.language import Language
from portal.presenting import dates
from portal.presenting.words import LEVEL_WORDS, PLAN_TYPE_WORDS, package_words
from providers.reference import Catalogue
from providers.words import N_

_FACTS: Mapping[str, str] = MappingProxyType(
    {
        "package_id": N_("forløbspakke"),
        "level": N_("niveau"),
        "reference_site_id": N_("referencested"),
        "discharge_date": N_("udskrevet"),
        "earliest_start": N_("tidligste start"),
        "plan_type": N_("plantype"),
        "municipality": N_("kommune"),
    }
)
"""Facts whose change is worth saying; the others say the same as the event does."""

_DAYS = frozenset({"discharge_date", "earliest_start"})

Names = Mapping[str, Mapping[str, str]]
"""Fact → what each of its values is called. A value without a name stands as the event keeps it."""


def names_of(catalogue: Catalogue, sites: Mapping[int, str], spoken: Language) -> Names:
    """`sites` are the municipality's own."""
    return {
        "package_id": {code: package_words(one, spoken) for code, one in catalogue.packages.items()},
        "level": {level.value: spoken.say(words).lower() for level, words in LEVEL_WORDS.items()},
        "reference_site_id": {str(number): name for number, name in sites.items()},
        "plan_type": {kind.value: spoken.say(words).lower() for kind, words in PLAN_TYPE_WORDS.items()},
        "municipality": {code: one.official_name for code, one in catalogue.municipalities.items()},
    }


def facts_changed(changes: Mapping[str, Sequence[str | None]], names: Names, spoken: Language) -> str:
    """Each fact before and after; empty when none of them is worth saying."""
    return ", ".join(
        f"{spoken.say(_FACTS[name])}: {' → '.join(_said(name, value, names, spoken) for value in values)}"
        for name, values in changes.items()
        if name in _FACTS
    )


def _said(name: str, value: str | None, names: Names, spoken: Language) -> str:
    if not value:
        return "–"
    if name in _DAYS:
        return dates.short_date(date.fromisoformat(value), spoken)
    return names.get(name, {}).get(value, value)

"""The field's words in the pages' words: bases, levels, kinds and facts. All are gettext msgids."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from babel import Locale

from matching.plan_facts import Basis, Level, PlanType
from portal.language import Language
from providers.models import ProviderKind, SlotMode, Track
from providers.reference.catalogue import PackageEntry
from providers.words import N_

BASIS_WORDS: Mapping[Basis, str] = MappingProxyType(
    {
        Basis.OWN: N_("Din egen kommune"),
        Basis.CONTRACT: N_("Sted med aftale med din kommune"),
        Basis.OTHER_MUNICIPALITY: N_("En anden kommune"),
        Basis.EXTENDED: N_("Privat sted"),
    }
)

BASIS_FOR_ANYBODY: Mapping[Basis, str] = MappingProxyType(
    {
        Basis.OWN: N_("Kommunalt sted"),
        Basis.CONTRACT: N_("Sted med aftale med kommunen"),
        Basis.OTHER_MUNICIPALITY: N_("Kommunalt sted"),
        Basis.EXTENDED: N_("Privat sted"),
    }
)
"""Without a plan nobody knows which municipality is whose."""

BASIS_FOR_STAFF: Mapping[Basis, str] = MappingProxyType(
    {
        Basis.OWN: N_("Kommunens eget sted"),
        Basis.CONTRACT: N_("Sted med aftale med kommunen"),
        Basis.OTHER_MUNICIPALITY: N_("En anden kommunes sted"),
        Basis.EXTENDED: N_("Privat sted efter frit valg"),
    }
)
"""As the home municipality's staff say it."""

LEVEL_WORDS: Mapping[Level, str] = MappingProxyType({Level.BASIC: N_("Basal"), Level.ADVANCED: N_("Avanceret")})

PLAN_TYPE_WORDS: Mapping[PlanType, str] = MappingProxyType(
    {
        PlanType.GENERAL: N_("Almen genoptræning"),
        PlanType.SPECIALISED: N_("Specialiseret genoptræning"),
        PlanType.SPECIALISED_REHABILITATION: N_("Rehabilitering på specialiseret niveau"),
    }
)

TRACK_WORDS: Mapping[Track, str] = MappingProxyType({Track.SURGICAL: N_("kirurgisk"), Track.MEDICAL: N_("medicinsk")})

KIND_WORDS: Mapping[ProviderKind, str] = MappingProxyType(
    {
        ProviderKind.MUNICIPAL: N_("Kommunalt genoptræningssted"),
        ProviderKind.PRIVATE: N_("Privat genoptræningssted"),
    }
)

MODE_WORDS: Mapping[SlotMode, str] = MappingProxyType(
    {
        SlotMode.INDIVIDUAL: N_("Individuel"),
        SlotMode.GROUP: N_("På hold"),
        SlotMode.HOME: N_("Hjemme hos dig"),
        SlotMode.DIGITAL: N_("Digitalt"),
    }
)

FACT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "step_free": N_("Trinfri adgang"),
        "lift": N_("Elevator"),
        "accessible_toilet": N_("Handicaptoilet"),
        "parking": N_("Parkering"),
    }
)

# Areas stand in the reference data in Danish; each has its English name in the catalogue of translations.
_AREA_WORDS = (
    N_("Underekstremitet"),
    N_("Overekstremitet (ikke hånd)"),
    N_("Nakke og Ryg"),
    N_("Almen svækkelse"),
    *(N_("Område 03 (demo)"), N_("Område 04 (demo)"), N_("Område 05 (demo)"), N_("Område 07 (demo)")),
    *(N_("Område 08 (demo)"), N_("Område 09 (demo)"), N_("Område 10 (demo)"), N_("Område 12 (demo)")),
    *(N_("Område 13 (demo)"), N_("Område 14 (demo)")),
)


def package_words(package: PackageEntry, spoken: Language) -> str:
    """`01 Underekstremitet, kirurgisk` / `01 Lower limb, surgical`."""
    area_name = package.name.removeprefix(package.area).rpartition(",")[0].strip()
    return f"{package.area} {spoken.say(area_name)}, {spoken.say(TRACK_WORDS[package.track])}"


def language_names(codes: Iterable[str], spoken: Language) -> str:
    """`dansk, engelsk`; a code that Babel does not know stays a code."""
    return _language_names(tuple(codes), spoken.locale)


@lru_cache(maxsize=1024)
def _language_names(codes: tuple[str, ...], locale: str) -> str:
    known = Locale.parse(locale).languages
    return ", ".join(str(known.get(code, code)) for code in codes)

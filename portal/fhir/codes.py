"""What resources are coded with. Official systems where there is one; else ours, with the day on which it was made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import orjson

from matching.national_codes import DELIVERY_CODES, LEVEL_CODES, SYSTEM
from matching.plan_facts import Basis, Level
from matching.reports.formats.facts import written
from matching.reports.formats.fhir import SOR, Resource, coding, concept
from portal.presenting.words import FACT_WORDS, KIND_WORDS, LEVEL_WORDS, MODE_WORDS
from providers.models import ProviderKind, SlotMode
from providers.reference import Catalogue
from providers.reference.catalogue import PackageEntry

CVR = "http://cvr.dk"
GLN, EARLIER_GLN = "http://www.gs1.org/gln", "https://www.gs1.org/gln"
"""As dk-core has named it since 3.5.0, and before."""
MUNICIPALITY = "http://hl7.dk/fhir/core/CodeSystem/dk-core-municipality-codes"
ORGANISATION_TYPE = "http://terminology.hl7.org/CodeSystem/organization-type"
PROVISION = "http://terminology.hl7.org/CodeSystem/service-provision-conditions"
LANGUAGE = "urn:ietf:bcp:47"

_OURS = "urn:genvej:2026-11-22"
PACKAGE, PACKAGE_LEVEL = f"{_OURS}:package", f"{_OURS}:package-level"
PROVIDER_KIND, BASIS, MODE, FACILITY, TIME = (
    f"{_OURS}:{name}" for name in ("provider-kind", "basis", "mode", "facility", "time")
)

REGISTERS: Mapping[str, str] = MappingProxyType({SOR: "sor", CVR: "cvr", GLN: "gln", EARLIER_GLN: "gln"})
"""System of an organisation's identifier → the register that gives it."""

_CITIZENS: Mapping[Basis, str] = MappingProxyType(
    {
        Basis.OWN: "Kommunens egne borgere",
        Basis.CONTRACT: "Borgere i den kommune, der har aftalen",
        Basis.OTHER_MUNICIPALITY: "Borgere i andre kommuner",
        Basis.EXTENDED: "Borgere med udvidet frit valg",
    }
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every resource is put into: the address of the service, the reference data, and whether all is invented."""

    base: str
    catalogue: Catalogue
    demo: bool


class Delivered(NamedTuple):
    """A package at a level: its words, its codes, and all as JSON, for a list of times says it again and again."""

    words: str
    codings: Sequence[Resource]
    json: orjson.Fragment


def delivered(number: int, catalogue: Catalogue) -> Delivered:
    """Both together as one code of ours, the package as another, and the level as KL has it."""
    return _delivered(*catalogue.levels_by_number[number])


@cache
def _delivered(package: PackageEntry, level: str) -> Delivered:
    national = LEVEL_CODES[Level(level)]
    words = f"{package.name}, {LEVEL_WORDS[Level(level)].lower()}"
    codings = [
        coding(PACKAGE_LEVEL, f"{package.code}-{level}", words),
        coding(PACKAGE, package.code, package.name),
        coding(SYSTEM, national.code, national.display),
    ]
    return Delivered(words, codings, orjson.Fragment(written(concept(*codings))))


def kind_concept(kind: str) -> Resource:
    """A provider of health care, and of which kind."""
    ours = coding(PROVIDER_KIND, kind, KIND_WORDS[ProviderKind(kind)])
    return concept(coding(ORGANISATION_TYPE, "prov", "Healthcare Provider"), ours)


def mode_concept(mode: str) -> Resource:
    """How a contact is held, in our words and KL's."""
    national = DELIVERY_CODES[SlotMode(mode)]
    ours = coding(MODE, mode, MODE_WORDS[SlotMode(mode)])
    return concept(ours, coding(SYSTEM, national.code, national.display))


def facility_concepts(facts: Iterable[str]) -> list[Resource]:
    """What there is for whoever comes."""
    return [concept(coding(FACILITY, fact, FACT_WORDS[fact])) for fact in facts]


def way_concepts(way: str, catalogue: Catalogue) -> list[Resource]:
    """For whom an offer is, of its kind and municipality (`contract 0101`): each basis of § 140 on which it can be."""
    kind, _, code = way.partition(" ")
    if kind == "extended":
        return [concept(_basis(Basis.EXTENDED))]
    of_its_own = coding(MUNICIPALITY, code, catalogue.municipalities[code].official_name)
    if kind == "contract":
        return [concept(_basis(Basis.CONTRACT), of_its_own)]
    return [concept(_basis(Basis.OWN), of_its_own), concept(_basis(Basis.OTHER_MUNICIPALITY))]


def _basis(basis: Basis) -> Resource:
    return coding(BASIS, basis, _CITIZENS[basis])

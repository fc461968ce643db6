"""The invented houses: who runs each, on what basis, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from providers.demo.country import Country
from providers.models import AgreementBasis
from providers.reference.catalogue import MunicipalityEntry, PostalCodeEntry

CONTRACTS = 40

_KINDS = ("Prøveklinikken", "Demoklinikken", "Øveklinikken", "Eksempelklinikken", "Den Opdigtede Klinik")
_FIRST = [
    "Skov",
    "Eng",
    "Strand",
    "Bjerg",
    "Bakke",
    "Mark",
    "Sø",
    "Å",
    "Hede",
    "Lyng",
    "Klit",
    "Kløver",
    "Birke",
    "Bøge",
    "Ege",
    "Pile",
    "Rønne",
    "Tjørne",
    "Mose",
    "Dal",
]
_LAST = [
    "fuglen",
    "haren",
    "ræven",
    "lærken",
    "svanen",
    "hjorten",
    "bien",
    "egernet",
    "musen",
    "uglen",
    "falken",
    "storken",
    "oddoren",
    "laksen",
    "grævlingen",
    "sneglen",
    "pindsvinet",
    "firbenet",
    "guldsmeden",
    "sommerfuglen",
]


@dataclass(frozen=True, slots=True)
class House:
    """One provider with one site. `municipality` is the one that runs it or has the contract with it."""

    basis: AgreementBasis
    name: str
    municipality: MunicipalityEntry | None
    place: PostalCodeEntry
    also_extended: bool = False


def houses(country: Country, clinics: int, random: Random) -> Iterator[House]:
    """A training centre in every municipality, the contract suppliers, and `clinics` private clinics."""
    names = clinic_names(random)
    for code, place in sorted(country.main_places.items()):
        municipality = country.catalogue.municipalities[code]
        name = f"Demo Kommunes Træningscenter, {municipality.name}"
        yield House(AgreementBasis.OWN, name, municipality, place)
    for code in _with_contract(country, random):
        municipality, place = country.catalogue.municipalities[code], country.within(code, random)
        yield House(AgreementBasis.CONTRACT, next(names), municipality, place, also_extended=random.random() < 0.5)
    for _ in range(clinics):
        yield House(AgreementBasis.EXTENDED, next(names), None, country.anywhere(random))


def _with_contract(country: Country, random: Random) -> list[str]:
    """The municipalities that have a contract supplier; the populous ones first to be drawn."""
    chosen: dict[str, None] = {}
    while len(chosen) < CONTRACTS:
        chosen.setdefault(country.anywhere(random).municipality_code)
    return list(chosen)


def clinic_names(random: Random) -> Iterator[str]:
    """Names that no clinic has, each once: "Prøveklinikken Skovfuglen (demo)"."""
    names = [f"{kind} {first}{last}" for kind in _KINDS for first in _FIRST for last in _LAST]
    random.shuffle(names)
    for turn in count(1):
        for name in names:
            yield f"{name} (demo)" if turn == 1 else f"{name} {turn} (demo)"

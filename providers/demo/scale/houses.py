"""The houses of a country with very many sites: the demo's names and places, in simple proportions."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from providers.demo.country import Country
from providers.demo.houses import clinic_names
from providers.models import AgreementBasis
from providers.reference.catalogue import PostalCodeEntry

_OWN, _CONTRACT = 0.06, 0.04
_ALSO_EXTENDED = 0.5


@dataclass(frozen=True, slots=True)
class BigHouse:
    """One provider with one site; `municipality` is the one it stands in, and so the one that it may serve."""

    id: int
    basis: AgreementBasis
    name: str
    municipality: str
    place: PostalCodeEntry
    also_extended: bool


def big_houses(country: Country, numbers: range, random: Random) -> Iterator[BigHouse]:
    """One house for each number: six in a hundred run by their municipality, four with a contract, the others private.

    They stand where people live, so the largest municipality has one house in eight.
    """
    for number, name in zip(numbers, islice(clinic_names(random), len(numbers)), strict=True):
        place, drawn = country.anywhere(random), random.random()
        basis = _basis(drawn)
        title = f"Demo Kommunalt Træningscenter {number}" if basis is AgreementBasis.OWN else name
        also = basis is AgreementBasis.CONTRACT and random.random() < _ALSO_EXTENDED
        yield BigHouse(number, basis, title, place.municipality_code, place, also)


def _basis(drawn: float) -> AgreementBasis:
    if drawn < _OWN:
        return AgreementBasis.OWN
    return AgreementBasis.CONTRACT if drawn < _OWN + _CONTRACT else AgreementBasis.EXTENDED

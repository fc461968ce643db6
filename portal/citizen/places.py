"""Where a search begins: a postal code, a town or a municipality, as people write it."""

import re
from dataclasses import dataclass
from typing import ClassVar

from matching.finding import Origin
from providers.errors import GenvejError
from providers.reference import Catalogue
from providers.reference.catalogue import MunicipalityEntry, PostalCodeEntry
from providers.reference.spelling import spellings
from providers.words import N_

_POSTAL_CODE = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_SHORTEST_NAME = 2
_ALTERNATIVES = 5


class PlaceUnknown(GenvejError):
    code: ClassVar[str] = "place_unknown"
    message: ClassVar[str] = N_("Vi kender ikke det sted. Skriv et postnummer med fire cifre eller navnet på en by.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search begins. `similar` are other places that the same words could mean."""

    name: str
    origin: Origin
    municipality_code: str
    similar: tuple[str, ...] = ()


def resolve_place(text: str, catalogue: Catalogue) -> Place:
    """The postal code, town or municipality that the text names; raises PlaceUnknown.

    Of a whole address, the postal code is what counts: where in the street somebody lives need not be known.
    """
    if codes := _POSTAL_CODE.findall(text):
        entry = catalogue.postal_code(codes[-1])
        if entry is None:
            raise PlaceUnknown
        return _at_postal_code(entry)
    if len(text.strip()) < _SHORTEST_NAME or text.strip()[0].isdigit():
        raise PlaceUnknown
    if municipality := _municipality(text, catalogue, official=True):
        return at_municipality(municipality)
    towns = catalogue.postal_codes_like(text, limit=50)
    if not towns and (municipality := _municipality(text, catalogue, official=False)):
        return at_municipality(municipality)
    if not towns:
        raise PlaceUnknown
    same = [entry for entry in towns if spellings(entry.name) & spellings(text)]
    chosen = (same or towns)[0]
    return _at_postal_code(chosen, _others(chosen, same or towns))


def at_municipality(entry: MunicipalityEntry) -> Place:
    """The municipality's own point: where a search begins when nobody has said a place."""
    return Place(entry.official_name, Origin(entry.easting, entry.northing), entry.code)


def _at_postal_code(entry: PostalCodeEntry, similar: tuple[str, ...] = ()) -> Place:
    origin = Origin(entry.easting, entry.northing)
    return Place(f"{entry.code} {entry.name}", origin, entry.municipality_code, similar)


def _municipality(text: str, catalogue: Catalogue, *, official: bool) -> MunicipalityEntry | None:
    wanted = spellings(text)
    for entry in catalogue.municipalities.values():
        if wanted & spellings(entry.official_name if official else entry.name):
            return entry
    return None


def _others(chosen: PostalCodeEntry, towns: list[PostalCodeEntry]) -> tuple[str, ...]:
    """One postal code for each other town of nearly the same name."""
    names = {entry.name: entry for entry in reversed(towns) if entry.name != chosen.name}
    return tuple(f"{entry.code} {entry.name}" for entry in sorted(names.values(), key=lambda e: e.code))[:_ALTERNATIVES]

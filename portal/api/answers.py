"""What the API answers: the types of the code are the schemas of the documentation."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from matching.plan_facts import Basis, Level
from matching.states import BookingState
from providers.models import PackageSource, ProviderKind, SlotMode, Track

CLOSED = ConfigDict(extra="forbid")
"""An answer has the fields that are documented, and no others."""

_CLOSED = with_config(CLOSED)

Mode = Annotated[str, Field(json_schema_extra={"enum": [mode.value for mode in SlotMode]})]
Instant = Annotated[datetime, Field(description="ISO 8601, with the Danish offset of that day.")]
WholeWeek = Annotated[
    bool,
    Field(
        description="A week without an hour: the site rings and agrees both, on the day of the instant at the latest."
    ),
]
Degrees = Annotated[float, Field(description="WGS84.")]


@_CLOSED
class Facts(TypedDict):
    """Whether one can get in, and around."""

    step_free: bool
    lift: bool
    accessible_toilet: bool
    parking: bool


@_CLOSED
class MatchItem(TypedDict):
    """One site, on the best basis there, with the first time that can be booked."""

    site_id: int
    name: str
    provider_name: str
    provider_kind: ProviderKind
    basis: Annotated[Basis, Field(description="The legal basis on which the site would treat the citizen (§ 140).")]
    address: str
    postal_code: str
    latitude: Degrees
    longitude: Degrees
    distance_m: Annotated[int, Field(description="Whole metres in a straight line.")]
    first_free: Instant
    whole_week: WholeWeek
    slot_id: Annotated[int, Field(description="The first free time, to be booked with `POST bookings`.")]
    days_to_deadline: Annotated[
        int | None,
        Field(
            description="Days from the first free time to the guarantee date, negative after it; null without a code."
        ),
    ]
    modes: Annotated[Sequence[Mode], Field(description="How the site's free times are held.")]
    facts: Facts
    languages: Annotated[Sequence[str], Field(description="ISO 639-1.")]
    phone: str | None
    web: str | None
    capacity_confirmed_at: Instant
    opens_on: Annotated[
        date | None,
        Field(description="The day on which a private site may be chosen; null when it may be chosen now."),
    ]


@_CLOSED
class Matches(TypedDict):
    """One page of a list."""

    items: list[MatchItem]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins; null on the last one.")]


@_CLOSED
class BookedSite(TypedDict):
    """Where a booked time is."""

    site_id: int
    name: str
    provider_name: str
    provider_kind: ProviderKind
    address: str
    postal_code: str
    latitude: Degrees
    longitude: Degrees
    phone: str | None
    web: str | None


@_CLOSED
class BookingAnswer(TypedDict):
    """A first contact. Another municipality must still say yes while its state is `requested`."""

    id: UUID
    state: BookingState
    basis: Basis
    version: Annotated[int, Field(description="Grows with every change.")]
    slot_id: int
    starts_at: Instant
    whole_week: WholeWeek
    minutes: int
    mode: Mode
    site: BookedSite


@_CLOSED
class PackageItem(TypedDict):
    """A forløbspakke; `demo` = its name is a placeholder."""

    code: str
    area: str
    track: Track
    name: str
    levels: list[Level]
    source: PackageSource


@_CLOSED
class Packages(TypedDict):
    items: list[PackageItem]


@_CLOSED
class PostalCodeItem(TypedDict):
    """A postal district, a point in it, and the municipality of that point."""

    code: str
    name: str
    municipality_code: str
    latitude: Degrees
    longitude: Degrees


@_CLOSED
class PostalCodes(TypedDict):
    items: list[PostalCodeItem]

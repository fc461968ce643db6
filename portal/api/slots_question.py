"""What a provider's program asks and sends of a site's times, and what it is told."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from matching.capacity.window import MOST
from matching.plan_facts import Level
from portal.api.questions import Body, Query, Says
from providers.models import SlotMode
from providers.words import N_

FIRST_SAYS = N_("first_day er en dag som 2026-12-01, tidligst i morgen og højst 400 dage fremme.")
LAST_SAYS = N_("last_day er en dag som 2026-12-31, ikke før first_day og højst 400 dage efter.")
_CLOSED = with_config(ConfigDict(extra="forbid"))


def _day(text: object) -> object:
    """Python also reads instants, and days without dashes, as days."""
    return date.fromisoformat(text) if isinstance(text, str) and len(text) == len("2026-12-01") else ""


def _instant(text: object) -> object:
    """With its offset, which says what the clock on the wall does not."""
    moment = datetime.fromisoformat(text) if isinstance(text, str) and len(text) > len("2026-12-01T10:00") else None
    if moment is None or moment.utcoffset() is None:
        raise ValueError("no instant")
    return moment


def _mode(text: object) -> object:
    return SlotMode(text) if isinstance(text, str) and text in set(SlotMode) else text


def _level(text: object) -> object:
    return Level(text) if isinstance(text, str) and text in set(Level) else text


class WindowQuestion(Query):
    """Which days; the same for asking and for sending."""

    first_day: Annotated[
        date | None,
        Field(description="A local day, tomorrow at the earliest. Left out: tomorrow.", examples=["2026-12-01"]),
        Says(FIRST_SAYS),
        BeforeValidator(_day),
    ] = None
    last_day: Annotated[
        date | None,
        Field(
            description="Included, and no more than 400 days after `first_day`. Left out: 90 days after it.",
            examples=["2026-12-31"],
        ),
        Says(LAST_SAYS),
        BeforeValidator(_day),
    ] = None


class PackageSent(Body):
    package: Annotated[
        str,
        Field(pattern="^[0-9]{2}-[a-z]+$", max_length=24, description="A package's code, as `packages` lists them."),
        Says(N_("package er en pakkes kode, for eksempel 01-kirurgisk. Koderne står i /api/v1/packages.")),
    ]
    level: Annotated[Level, Says(N_("level er basic eller advanced.")), BeforeValidator(_level)]


class SlotSent(Body):
    """A first contact as it should be."""

    starts_at: Annotated[
        datetime,
        Field(description="ISO 8601 with an offset, within the window."),
        Says(N_("starts_at er et tidspunkt med forskel til UTC, for eksempel 2026-12-01T10:30:00+01:00.")),
        BeforeValidator(_instant),
    ]
    minutes: Annotated[int, Field(ge=5, le=480), Says(N_("minutes er et helt tal fra 5 til 480."))]
    mode: Annotated[
        SlotMode,
        Says(N_("mode er individual, group, home eller digital.")),
        BeforeValidator(_mode),
    ]
    seats: Annotated[int, Field(ge=1, le=100), Says(N_("seats er et helt tal fra 1 til 100."))] = 1
    packages: Annotated[
        list[PackageSent] | None,
        Field(min_length=1, description="Only for these; left out or null: for all that the site is approved for."),
        Says(N_("packages er en liste med package og level, eller null."), PackageSent),
    ] = None


class WindowSent(Body):
    """All times of the window."""

    slots: Annotated[
        list[SlotSent],
        Field(json_schema_extra={"maxItems": MOST}, description="In any order."),
        Says(N_("slots er en liste af tider, hver med starts_at, minutes, mode, seats og packages."), SlotSent),
    ]


@_CLOSED
class SlotPackage(TypedDict):
    package: str
    level: Level


@_CLOSED
class SlotItem(TypedDict):
    """A time as it is. A closed one has the seats that it would have."""

    slot_id: int
    starts_at: Annotated[datetime, Field(description="ISO 8601, with the Danish offset of that day.")]
    minutes: int
    mode: Annotated[str, Field(json_schema_extra={"enum": [mode.value for mode in SlotMode]})]
    seats: int
    taken: Annotated[int, Field(description="Booked by citizens.")]
    closed: Annotated[bool, Field(description="Nobody gets it: it, or its day, was closed in the clinic's room.")]
    packages: list[SlotPackage] | None


@_CLOSED
class SlotWindow(TypedDict):
    """Every time of the window, in order."""

    first_day: date
    last_day: date
    slots: list[SlotItem]


@_CLOSED
class WindowReplaced(TypedDict):
    """What the window had to be changed by. Ask for it again before you send it again."""

    added: int
    changed: int
    removed: int
    kept: int

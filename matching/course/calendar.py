"""The booked times of a site as its calendar shows them: when, what for and how many, and never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.plan_facts import Level
from providers.database import fetch_seeing
from providers.models import SlotMode
from providers.scope import Scope

BACK, AHEAD = timedelta(days=30), timedelta(days=400)

# A package and a level say what to make ready. Nothing that tells two citizens of one package apart is asked for.
_BOOKED = """
SELECT t.id, t.starts_at, t.minutes, t.mode, t.seats + coalesce(t.closed_seats, 0) AS seats, count(*) AS booked,
       bool_and(b.state = 'requested') AS requested,
       array_agg(p.package_id || ' ' || coalesce(p.level, '') ORDER BY p.package_id, p.level) AS purposes
FROM slot t JOIN booking b ON b.slot_id = t.id JOIN plan p ON p.id = b.plan_id
WHERE t.site_id = $1 AND t.starts_at >= $2 AND t.starts_at < $3
  AND b.state IN ('requested', 'confirmed', 'started', 'completed', 'no_show')
GROUP BY t.id ORDER BY t.starts_at, t.id
"""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody comes for; without a level where the plan has none."""

    package: str
    level: Level | None


@dataclass(frozen=True, slots=True)
class BookedTime:
    """`requested`: another municipality has not said yes to any of them."""

    slot: int
    starts_at: datetime
    minutes: int
    mode: SlotMode
    seats: int
    requested: bool
    purposes: Sequence[Purpose]


async def booked_times(site_id: int, provider: int, now: datetime) -> list[BookedTime]:
    """From a month ago on, in order of time."""
    rows = await fetch_seeing(Scope(provider=provider), _BOOKED, site_id, now - BACK, now + AHEAD)
    return [
        BookedTime(
            slot=row["id"],
            starts_at=row["starts_at"],
            minutes=row["minutes"],
            mode=SlotMode(row["mode"]),
            seats=row["seats"],
            requested=row["requested"],
            purposes=[_purpose(text) for text in row["purposes"]],
        )
        for row in rows
    ]


def _purpose(text: str) -> Purpose:
    package, _, level = text.partition(" ")
    return Purpose(package, Level(level) if level else None)

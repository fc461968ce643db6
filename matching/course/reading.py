"""What a clinic sees of those who have chosen it: lists of courses, and one course with its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson

from matching.cases import PlanUnknown
from matching.events import Changes
from matching.models import Plan
from matching.states import BookingState
from providers.clock import local_date, start_of_day
from providers.database import fetch, fetch_models, fetch_one, fetch_value, looking
from providers.models import SlotMode
from providers.scope import Scope

_LINE = """
SELECT p.id AS plan_id, p.citizen, p.case_reference, p.package_id, p.level, p.state AS plan_state, b.id, b.state,
       b.basis, t.starts_at, t.minutes, t.mode, s.name AS site_name, t.taken + t.blocked_seats > t.seats
       AND t.closed_seats IS NULL AS overbooked
FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id JOIN plan p ON p.id = b.plan_id
WHERE s.provider_id = $1
"""
_ANSWERED = """
EXISTS (SELECT FROM case_event e WHERE e.booking_id = b.id AND e.kind IN ('booking_received', 'request_accepted'))
"""


class Which(StrEnum):
    """The lists: nobody has answered yet; answered, not begun; under way; over."""

    NEW = "nye"
    COMING = "kommende"
    UNDER_WAY = "i-gang"
    OVER = "slut"


_WHICH = {
    Which.NEW: f"b.state IN ('requested', 'confirmed') AND NOT {_ANSWERED} ORDER BY t.starts_at, b.id",
    Which.COMING: f"b.state = 'confirmed' AND {_ANSWERED} ORDER BY t.starts_at, b.id",
    Which.UNDER_WAY: "b.state = 'started' AND p.state = 'started' ORDER BY t.starts_at, b.id",
    Which.OVER: "(b.state IN ('completed', 'no_show') OR b.state = 'started' AND p.state <> 'started')"
    " ORDER BY t.starts_at DESC, b.id",
}
_PRESENT = "b.state IN ('requested', 'confirmed', 'started', 'completed', 'no_show')"

_ONE = _LINE + "AND b.plan_id = $2 AND b.state <> 'offered' ORDER BY b.created_at DESC, b.id LIMIT 1"
_EVENTS = """
SELECT e.id, e.sequence, e.kind, e.at, e.actor, e.reason, e.changes::text AS changes, n.text AS note, t.starts_at,
       a.name AS person
FROM case_event e JOIN booking b ON b.id = e.booking_id JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
LEFT JOIN course_note n ON n.event_id = e.id
LEFT JOIN account a ON split_part(e.actor, ':', 2) = 'account' AND a.id::text = split_part(e.actor, ':', 3)
WHERE e.plan_id = $1 AND s.provider_id = $2 AND e.kind <> 'offered' ORDER BY e.sequence DESC
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A citizen's booking at the clinic; `citizen` is sealed. `overbooked`: more people than seats at its time."""

    plan_id: int
    citizen: bytes
    case_reference: str
    package_id: str | None
    level: str | None
    plan_state: str
    id: UUID
    state: BookingState
    basis: str
    starts_at: datetime
    minutes: int
    mode: SlotMode
    site_name: str
    overbooked: bool

    @property
    def here(self) -> bool:
        """Whether the citizen is, or was, treated here: else they have gone elsewhere, and so has what is known."""
        return self.state.value in {"requested", "confirmed", "started", "completed", "no_show"}

    @property
    def open(self) -> bool:
        """Whether the clinic may still write."""
        return self.plan_state in {"booked", "started"} and self.state.value in {"requested", "confirmed", "started"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a booking here; `note` is sealed, `person` the name of one of the staff."""

    id: int
    sequence: int
    kind: str
    at: datetime
    actor: str
    reason: str | None
    changes: Changes
    note: bytes | None
    starts_at: datetime
    person: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """One course; `seen` is the number of the case's last event, of whomever."""

    plan: Plan
    line: Line
    events: Sequence[Event]
    seen: int


async def courses(which: Which, *, scope: Scope, limit: int, offset: int = 0) -> list[Line]:
    """A list, in order of the first contact; what is over, latest first."""
    async with looking(scope):
        query = f"{_LINE} AND {_WHICH[which]} LIMIT $2 OFFSET $3"
        return [_line(row) for row in await fetch(query, scope.provider, limit, offset)]


async def coming_on(day: date, *, scope: Scope) -> list[Line]:
    """Everybody with a first contact on a local day, in its order."""
    first, after = start_of_day(day), start_of_day(day + timedelta(days=1))
    query = f"{_LINE} AND {_PRESENT} AND t.starts_at >= $2 AND t.starts_at < $3 ORDER BY t.starts_at, s.name, b.id"
    async with looking(scope):
        return [_line(row) for row in await fetch(query, scope.provider, first, after)]


async def next_day_after(day: date, *, scope: Scope) -> date | None:
    """The first local day after it on which somebody is to begin."""
    query = """
    SELECT min(t.starts_at) FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
    WHERE s.provider_id = $1 AND b.state IN ('requested', 'confirmed') AND t.starts_at >= $2
    """
    async with looking(scope):
        first = await fetch_value(query, scope.provider, start_of_day(day + timedelta(days=1)))
    return local_date(first) if first else None


async def new_bookings(scope: Scope) -> int:
    """How many wait for the clinic's answer."""
    query = f"""
    SELECT count(*) FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
    WHERE s.provider_id = $1 AND b.state IN ('requested', 'confirmed') AND NOT {_ANSWERED}
    """
    async with looking(scope):
        return int(await fetch_value(query, scope.provider))


async def read_course(plan_id: str, *, scope: Scope) -> Found:
    """The latest booking of a plan at the clinic; raises PlanUnknown for everybody who has never chosen it."""
    number = int(plan_id) if plan_id.isascii() and plan_id.isdigit() and len(plan_id) < 19 else 0
    async with looking(scope):
        row = await fetch_one(_ONE, scope.provider, number)
        if row is None:
            raise PlanUnknown
        (plan,) = await fetch_models(Plan, "SELECT * FROM plan WHERE id = $1", number)
        events = [_event(found) for found in await fetch(_EVENTS, number, scope.provider)]
        seen = await fetch_value("SELECT coalesce(max(sequence), 0) FROM case_event WHERE plan_id = $1", number)
    return Found(plan, _line(row), events, seen)


def _line(row: Any) -> Line:
    kinds = {
        "id": UUID(bytes=row["id"].bytes),
        "state": BookingState(row["state"]),
        "mode": SlotMode(row["mode"]),
    }
    return Line(**{**row, **kinds})


def _event(row: Any) -> Event:
    return Event(**{**row, "changes": orjson.loads(row["changes"]) if row["changes"] else {}})

"""The clinic gives the citizen another of its own times, or knowingly one seat more than there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import asyncpg

from matching.booking.errors import SlotNotBookable, SlotTaken
from matching.booking.seats import change_seats, lock_slots
from matching.booking.taking import step
from matching.course.opening import Course, taken_up
from matching.course_codes import Overbooked
from matching.events import Changes, record_event
from matching.models import Booking
from matching.states import BookingState, IllegalTransition
from providers.actors import Actor
from providers.database import execute, fetch, fetch_models, fetch_one, looking
from providers.packages import package_level_id
from providers.scope import Scope

AHEAD = timedelta(days=56)
# The clinic's own times of any of its sites that may treat this: the citizen's rights were settled by their choice.
_TIMES = """
SELECT t.id, t.starts_at, t.minutes, t.mode, s.id AS site_id, s.name AS site_name, t.closed_seats IS NOT NULL AS closed,
       t.seats - t.taken - t.blocked_seats - (
           SELECT count(*) FROM hold h WHERE h.slot_id = t.id AND h.until > $2 AND h.plan_id <> $4
       ) AS free
FROM slot t JOIN site s ON s.id = t.site_id
WHERE s.provider_id = $1 AND t.starts_at > $2 AND t.starts_at < $5
  AND (t.package_levels IS NULL OR $3::smallint = ANY (t.package_levels))
  AND ($6::bigint IS NULL OR t.id = $6)
  AND EXISTS (
      SELECT FROM offer o WHERE o.site_id = s.id AND o.package_level_id = $3 AND o.valid_from <= t.starts_at
      AND (o.valid_until IS NULL OR t.starts_at < o.valid_until)
  )
ORDER BY t.starts_at, t.id LIMIT 300
"""
_NEW = """
INSERT INTO booking (id, plan_id, slot_id, basis, state, moved_from_id, created_at)
VALUES ($1, $2, $3, $4, 'confirmed', $5, $6) RETURNING *
"""


@dataclass(frozen=True, slots=True)
class OwnTime:
    """A first contact at one of the clinic's sites; `free` seats may be 0 or, where there are extra ones, fewer."""

    id: int
    starts_at: datetime
    minutes: int
    mode: str
    site_id: int
    site_name: str
    closed: bool
    free: int


async def own_times(plan_id: int, *, scope: Scope, now: datetime) -> list[OwnTime]:
    """The clinic's times of the next eight weeks that suit the plan, full ones as well; closed ones are left out."""
    async with looking(scope):
        plan = await fetch_one("SELECT package_id, level FROM plan WHERE id = $1", plan_id)
        found = await _times(plan, plan_id, scope, now) if plan else []
    return [time for time in found if not time.closed]


async def move_here(
    plan_id: int,
    slot_id: int,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    overbook: Overbooked | None = None,
) -> Booking:
    """Exchange a confirmed time for another of the clinic's; the citizen is told. With `overbook`, even a full one.

    Raises the errors of `taken_up`, SlotTaken, SlotNotBookable, and IllegalTransition once the course has begun.
    """
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        old = course.booking
        if old.state is not BookingState.CONFIRMED:
            raise IllegalTransition(current=old.state.value, target="moved")
        await lock_slots([slot_id, old.slot_id])
        beyond = await _beyond(course, slot_id, actor.scope, overbook)
        changes: Changes | None = {"overbooked": [None, overbook]} if beyond and overbook else None
        seats = {slot_id: 1, old.slot_id: -1}
        return await exchange(course, slot_id, seats, actor=actor, now=now, changes=changes)


async def exchange(
    course: Course,
    slot_id: int,
    seats: Mapping[int, int],
    *,
    actor: Actor,
    now: datetime,
    changes: Changes | None = None,
) -> Booking:
    """The course's booking becomes one at another time, whose seats were looked at and are locked."""
    old = course.booking
    await step(old, BookingState.MOVED)
    values = (uuid4(), course.case.plan.id, slot_id, old.basis.value, old.id, now)
    booking = (await fetch_models(Booking, _NEW, *values))[0]
    await change_seats(seats, now)
    await record_event(
        course.case.plan, "moved", actor=actor, now=now, booking=booking, purpose="treatment", changes=changes
    )
    return booking


async def _beyond(course: Course, slot_id: int, scope: Scope, overbook: Overbooked | None) -> bool:
    """Whether the seat is one more than there are; then room for it is made. The slot is locked."""
    plan = course.case.plan
    found = await _times({"package_id": plan.package_id, "level": plan.level}, plan.id, scope, course.case.now, slot_id)
    if not found or found[0].closed or found[0].id == course.booking.slot_id:
        raise SlotNotBookable
    if found[0].free > 0:
        return False
    if overbook is None:
        raise SlotTaken
    await execute("UPDATE slot SET extra_seats = extra_seats + 1 WHERE id = $1", slot_id)
    return True


async def _times(
    plan: asyncpg.Record | dict[str, str | None],
    plan_id: int,
    scope: Scope,
    now: datetime,
    slot_id: int | None = None,
) -> list[OwnTime]:
    package, level = plan["package_id"], plan["level"]
    if package is None or level is None:
        return []
    kind = package_level_id(package, level)
    return [OwnTime(**row) for row in await fetch(_TIMES, scope.provider, now, kind, plan_id, now + AHEAD, slot_id)]

"""Taking a course in hand: locked, still at this clinic, and as it was when it was shown; and writing in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from matching.cases import Case, lock_case
from matching.course.errors import CourseChanged, CourseClosed
from matching.events import Changes, record_event
from matching.models import Booking, CaseEvent
from matching.states import BookingState
from providers.actors import Actor
from providers.database import fetch_one, fetch_value, transaction

_TIME = """
SELECT t.starts_at, t.minutes FROM slot t JOIN site s ON s.id = t.site_id WHERE t.id = $1 AND s.provider_id = $2
"""
_LAST = "SELECT coalesce(max(sequence), 0) FROM case_event WHERE plan_id = $1"


@dataclass(frozen=True, slots=True)
class Course:
    """The case and its booking at the clinic; `starts_at` is the first contact's."""

    case: Case
    booking: Booking
    starts_at: datetime
    minutes: int

    @property
    def begun(self) -> bool:
        """Whether the first contact has been held."""
        return self.booking.state is BookingState.STARTED


@asynccontextmanager
async def taken_up(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> AsyncIterator[Course]:
    """One transaction around a change by somebody of the clinic; `seen` is the last event's number that was shown.

    Raises PlanUnknown for a citizen who has never chosen the clinic, CourseChanged, and CourseClosed when there is
    nothing more to write: the course has ended, or the citizen has gone elsewhere.
    """
    async with transaction(actor.scope):
        case = await lock_case(plan_id, now)
        if await fetch_value(_LAST, plan_id) != seen:
            raise CourseChanged(since=seen)
        booking = case.current
        time = await fetch_one(_TIME, booking.slot_id, actor.scope.provider) if booking else None
        if booking is None or time is None or case.plan.state.value not in {"booked", "started"}:
            raise CourseClosed
        yield Course(case, booking, time["starts_at"], time["minutes"])


async def record(
    course: Course, kind: str, *, actor: Actor, now: datetime, reason: str | None = None, changes: Changes | None = None
) -> CaseEvent:
    """An event of the course's own booking; what else there is to it says `record_event`."""
    return await record_event(
        course.case.plan,
        kind,
        actor=actor,
        now=now,
        booking=course.booking,
        reason=reason,
        purpose="treatment",
        changes=changes,
    )

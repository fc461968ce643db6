"""Citizens of other municipalities who have asked for a time at one of a municipality's own institutions.

Their cases belong to their home municipalities, so the rule of whose rows these are shows nothing of them here. The
database's own function tells what has to be known to answer, to the municipality that the transaction looks for: who
it is only while the request waits.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from matching.calling.asking import due_on
from matching.cases import PlanUnknown
from matching.plan_facts import Level
from matching.states import BookingState
from providers.actors import Actor
from providers.clock import local_date
from providers.database import fetch, fetch_value, looking
from providers.models import SlotMode
from providers.scope import Scope

ANSWERED = timedelta(days=30)
"""For so long a request that was answered stays on the list."""

_DAY = timedelta(days=1)
_SINCE = "SELECT * FROM genvej_requests($1)"
_ONE = f"{_SINCE} WHERE plan_id = $2 ORDER BY state = 'requested' DESC, answered_at DESC LIMIT 1"
_WAITING = "SELECT count(*) FROM genvej_requests(NULL)"


@dataclass(frozen=True, slots=True)
class Request:
    """`home` is the municipality that answers for the citizen, `provider_id` the institution that was asked.

    `citizen` is sealed, and empty once there is an answer. `seen` is the number of the case's last event.
    """

    plan_id: int
    booking_id: UUID
    provider_id: int
    state: BookingState
    asked_at: datetime
    answered_at: datetime | None
    starts_at: datetime
    minutes: int
    mode: SlotMode
    site_name: str
    home: str
    case_reference: str
    package_id: str | None
    level: Level | None
    discharge_date: date
    citizen: bytes | None
    seen: int

    @property
    def waits(self) -> bool:
        """Whether nobody has answered."""
        return self.state is BookingState.REQUESTED


def answer_by(request: Request, days: int) -> date:
    """The day by which this request is to be answered."""
    return answer_due(request.asked_at, request.starts_at, days)


def answer_due(asked_at: datetime, starts_at: datetime, days: int) -> date:
    """The working day by which to answer, so many after the question; always before the day that is asked for.

    No source names a limit: the number is a setting.
    """
    asked = local_date(asked_at)
    return max(asked, min(due_on(asked, days), local_date(starts_at) - _DAY))


async def list_requests(municipality: str, *, now: datetime) -> list[Request]:
    """Those that wait, in the order of the times asked for; then those answered in the last thirty days, newest first.

    An answer is a state of the booking, so a time that was moved or called off since is told of as that.
    """
    async with looking(Scope(municipality=municipality)):
        found = [_request(row) for row in await fetch(_SINCE, now - ANSWERED)]
    waiting = sorted((one for one in found if one.waits), key=lambda one: (one.starts_at, one.plan_id))
    answered = (one for one in found if not one.waits)
    return waiting + sorted(answered, key=lambda one: one.answered_at or one.asked_at, reverse=True)


async def waiting_requests() -> int:
    """How many wait for an answer, in the municipality's own scope."""
    return int(await fetch_value(_WAITING))


async def read_request(plan_id: str, municipality: str, *, now: datetime) -> Request:
    """The request of a plan that waits for the municipality's answer, or the one that it answered last.

    Raises PlanUnknown for every plan that is on neither part of the list.
    """
    number = int(plan_id) if plan_id.isascii() and plan_id.isdigit() and len(plan_id) < 19 else 0
    async with looking(Scope(municipality=municipality)):
        rows = await fetch(_ONE, now - ANSWERED, number)
    if not rows:
        raise PlanUnknown
    return _request(rows[0])


def for_the_place(actor: Actor, request: Request) -> Actor:
    """Somebody of the municipality who answers for its institution: they see its citizens meanwhile, and no case."""
    return replace(actor, scope=Scope(provider=request.provider_id))


def _request(row: Any) -> Request:
    kinds = {
        "booking_id": UUID(bytes=row["booking_id"].bytes),
        "state": BookingState(row["state"]),
        "mode": SlotMode(row["mode"]),
        "level": Level(row["level"]) if row["level"] else None,
    }
    return Request(**{**row, **kinds})

"""Keep a seat while the citizen decides, and give it back."""

from datetime import datetime

from matching.booking.seats import lock_slots, seat_for
from matching.cases import lock_case
from matching.finding.seats import Seat
from matching.models import Hold
from matching.policy import Policy
from providers.database import execute, transaction
from providers.scope import Scope


async def hold(plan_id: int, slot_id: int, *, now: datetime, policy: Policy) -> tuple[Hold, Seat]:
    """Keep a seat for `policy.hold`; a plan keeps one at a time, and holding again begins anew.

    Raises SlotTaken, SlotNotBookable or PlanNotReady, and then an earlier hold stays.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        await lock_slots([slot_id])
        seat = await seat_for(case, slot_id, policy)
        kept, _ = await Hold.update_or_create(
            plan_id=plan_id, defaults={"slot_id": slot_id, "until": now + policy.hold}
        )
    return kept, seat


async def held_seat(plan_id: int, now: datetime) -> Hold | None:
    """The plan's live hold, if any."""
    return await Hold.get_or_none(plan_id=plan_id, until__gt=now)


async def release(plan_id: int) -> None:
    """Give a held seat back; nothing happens when there is none."""
    await execute("DELETE FROM hold WHERE plan_id = $1", plan_id)


async def drop_expired_holds(now: datetime) -> None:
    """Remove holds whose time is over. They count for nothing already; this only tidies up."""
    await execute("DELETE FROM hold WHERE until <= $1", now)

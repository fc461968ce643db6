"""Day and hour for a citizen who chose a week: the site has rung, and both have agreed."""

from datetime import datetime

from matching.booking.seats import lock_slots
from matching.capacity.errors import TimeOver
from matching.course.moving import AHEAD, exchange
from matching.course.opening import taken_up
from matching.models import Booking
from matching.states import BookingState, IllegalTransition
from providers.actors import Actor
from providers.database import execute, fetch_value
from providers.weeks import is_whole_week

# The seat stays used up in its week: only so many begin in one, whether their hour is agreed already or not. It comes
# back when the hour is given up (`change_seats`), and the hour itself is nobody else's: it begins as a closed time.
_USED_UP = "UPDATE slot SET taken = taken - 1, blocked_seats = blocked_seats + 1 WHERE id = $1"
_TIME = """
INSERT INTO slot (site_id, starts_at, minutes, mode, seats, closed_seats, extra_seats, package_levels, agreed_in_id)
SELECT site_id, $2, minutes, mode, 0, 1, 1, package_levels, id FROM slot WHERE id = $1 RETURNING id
"""


async def agree(plan_id: int, at: datetime, *, actor: Actor, now: datetime, seen: int) -> Booking:
    """Put a time of its own in the week's place, at most eight weeks ahead; citizen and municipality are told.

    Raises the errors of `taken_up`, TimeOver, MinuteReserved, and IllegalTransition for whoever has an hour already.
    """
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        old = course.booking
        if old.state is not BookingState.CONFIRMED or not is_whole_week(course.starts_at):
            raise IllegalTransition(current=old.state.value, target="moved")
        if not now < at < now + AHEAD:
            raise TimeOver
        await lock_slots([old.slot_id])
        slot_id = await fetch_value(_TIME, old.slot_id, at)
        await execute(_USED_UP, old.slot_id)
        return await exchange(course, slot_id, {slot_id: 1}, actor=actor, now=now)

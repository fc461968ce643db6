"""Until when a citizen may move or cancel a time: the clinic must be able to give it to somebody else."""

from datetime import datetime, timedelta

from matching.booking.errors import ChangeTooLate, TimePassed
from matching.models import Booking
from matching.policy import Policy
from matching.states import BookingState
from providers.actors import Actor
from providers.database import fetch_one
from providers.weeks import earliest

_TIME = """
SELECT t.starts_at, s.phone, s.change_notice_hours
FROM slot t JOIN site s ON s.id = t.site_id WHERE t.id = $1
"""


def changeable_until(starts_at: datetime, notice_hours: int | None, policy: Policy) -> datetime:
    """The last instant of it; `notice_hours` is the clinic's own rule, where it has one. Weeks count from Monday."""
    return earliest(starts_at) - (policy.change_notice if notice_hours is None else timedelta(hours=notice_hours))


async def check_changeable(booking: Booking, *, actor: Actor, now: datetime, policy: Policy) -> None:
    """Raises TimePassed for what has taken place, or was missed: that is for the provider to report.

    Raises ChangeTooLate when a citizen is inside the clinic's notice. What nobody has promised yet, an offer or a
    request, binds nobody; and the staff may change a time whenever they are rung up.
    """
    row = await fetch_one(_TIME, booking.slot_id)
    if row is None or row["starts_at"] <= now:
        raise TimePassed
    if booking.state is not BookingState.CONFIRMED or actor.organisation is not None:
        return
    if now > changeable_until(row["starts_at"], row["change_notice_hours"], policy):
        raise ChangeTooLate(phone=row["phone"] or "")

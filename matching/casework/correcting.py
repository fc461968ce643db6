"""The days by which the clock goes, corrected: everything is computed anew, and a time that was chosen stays."""

from datetime import date, datetime, timedelta

from matching.booking.holding import release
from matching.casework.errors import DayImpossible
from matching.casework.facts import change_facts
from matching.casework.opening import opened
from matching.events import record_event
from matching.intake.days import LAW_BEGINS
from providers.actors import Actor
from providers.clock import local_date

_YEAR = timedelta(days=365)
_PLANNED = timedelta(days=60)


async def correct_days(
    plan_id: int, *, discharge: date, earliest_start: date | None, actor: Actor, now: datetime, seen: int
) -> None:
    """Set the discharge and the plan's earliest start; the same again changes nothing.

    Raises the errors of `opened`, and DayImpossible.
    """
    check_days(discharge, earliest_start, local_date(now))
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        changes = await change_facts(case.plan, discharge_date=discharge, earliest_start=earliest_start)
        if changes:
            # What is held may lie before the earliest start now.
            await release(plan_id)
            await record_event(case.plan, "days_corrected", actor=actor, now=now, purpose="casework", changes=changes)


def check_days(discharge: date, earliest_start: date | None, today: date) -> None:
    """The same measures as for a message of the hospital (`matching.intake.days`); raises DayImpossible."""
    if not max(LAW_BEGINS, today - _YEAR) <= discharge <= today + _PLANNED:
        raise DayImpossible
    if earliest_start is not None and not discharge <= earliest_start <= discharge + _YEAR:
        raise DayImpossible

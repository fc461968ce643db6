"""Back to the municipality: the citizen asks it to find a time, and loses nothing by it."""

from datetime import datetime

from matching.booking.errors import WaitingNotPossible
from matching.booking.holding import release
from matching.cases import lock_case
from matching.events import record_event
from providers.actors import Actor
from providers.clock import local_date
from providers.database import fetch_value, looking, transaction
from providers.scope import Scope

ASKED = "municipality_asked"

_ASKED = "SELECT max(at) FROM case_event WHERE plan_id = $1 AND kind = $2"


async def ask_municipality(plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Report it to the municipality; asked again on the same day, nothing more happens.

    Raises WaitingNotPossible for a plan with a time, or with nothing to choose.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        if case.current is not None or not case.rights.open_bases:
            raise WaitingNotPossible
        earlier = await asked_at(plan_id)
        if earlier is not None and local_date(earlier) == local_date(now):
            return
        await release(plan_id)
        await record_event(case.plan, ASKED, actor=actor, now=now)


async def asked_at(plan_id: int) -> datetime | None:
    """When the citizen asked last."""
    async with looking(Scope(plan=plan_id)):
        moment: datetime | None = await fetch_value(_ASKED, plan_id, ASKED)
    return moment

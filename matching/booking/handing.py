"""Back to the municipality: the citizen asks it to find a time, and loses nothing by it."""

from datetime import datetime

from matching.booking.errors import WaitingNotPossible
from matching.booking.holding import release
from matching.cases import lock_case
from matching.events import record_event
from providers.actors import Actor
from providers.clock import local_date, start_of_day
from providers.database import fetch_value, transaction
from providers.scope import Scope

ASKED = "municipality_asked"

_ASKED = "SELECT EXISTS (SELECT FROM case_event WHERE plan_id = $1 AND kind = $2 AND at >= $3)"


async def ask_municipality(plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Report it to the municipality; asked again on the same day, nothing more happens.

    Raises WaitingNotPossible for a plan with a time, or with nothing to choose.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        if case.current is not None or not case.rights.open_bases:
            raise WaitingNotPossible
        if await fetch_value(_ASKED, plan_id, ASKED, start_of_day(local_date(now))):
            return
        await release(plan_id)
        await record_event(case.plan, ASKED, actor=actor, now=now)

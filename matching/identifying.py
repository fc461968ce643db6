"""The way in for a citizen whom an issuer (MitID) has identified: their CPR number finds their plans.

The number itself goes no further than this: neither the visit nor the look-up log nor an address ever holds it.
"""

from datetime import datetime

from matching.audit import audit
from matching.citizens import citizen_scope, cpr_digests
from matching.models import Plan
from matching.states import PlanState
from providers.actors import CITIZEN_WITH_MITID
from providers.database import looking
from providers.vault import Vault


async def identify(cpr: str, *, now: datetime, vault: Vault) -> list[int]:
    """The citizen's plans, the newest first, but those that were sent in error. Each is an entry in the look-up log."""
    async with looking(citizen_scope(cpr, vault)):
        own = (
            Plan.filter(cpr_digest__in=cpr_digests(cpr, vault))
            .exclude(state=PlanState.ERROR)
            .order_by("-received_on", "-id")
        )
        plans = [plan["id"] for plan in await own.values("id")]
    for plan_id in plans or [None]:
        await audit(
            "identified",
            actor=CITIZEN_WITH_MITID,
            now=now,
            purpose="choice",
            criterion="cpr",
            plan_id=plan_id,
            result="ok" if plan_id else "none",
        )
    return plans

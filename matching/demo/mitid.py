"""In a demo nobody has a MitID. Who has typed a code is taken to be its citizen, as an issuer would have told."""

from datetime import datetime

from matching.citizens import open_citizen
from matching.identifying import identify
from matching.models import Plan
from providers.database import looking
from providers.scope import Scope
from providers.vault import Vault


async def pretend_identity(plan_id: int, *, now: datetime, vault: Vault) -> list[int]:
    """All plans of the citizen of a plan, as `identify` finds them."""
    async with looking(Scope(plan=plan_id)):
        plan = await Plan.get(id=plan_id)
    return await identify(open_citizen(plan.citizen, vault).cpr, now=now, vault=vault)

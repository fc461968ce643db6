"""In the demo, one press instead of MitID: what only a citizen known so can see can be tried without an issuer."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from matching.demo.mitid import pretend_identity
from portal.identity.citizens import open_plans
from portal.request_facts import now_of, plan_of, settings_of

ISSUER = "demo"
"""No issuer's key: whoever leaves goes nowhere else."""


async def as_demo(request: Request) -> Response:
    """Come in as the citizen whose code was typed; outside a demo there is no such page."""
    settings = settings_of(request)
    if not settings.demo:
        raise HTTPException(404)
    plan_id = plan_of(request)
    plans = await pretend_identity(plan_id, now=now_of(request), vault=settings.vault())
    return await open_plans(request, ISSUER, plans or [plan_id])

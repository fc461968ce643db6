"""For a citizen of whom there is more than one plan: which one is it about?"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.audit import audit
from matching.models import Plan
from portal.access_errors import IdentityNeeded
from portal.citizen.confirming import next_page
from portal.identity.word import BY, own_plans
from portal.language import language_of
from portal.presenting.own_plan import plan_choices
from portal.reading import field
from portal.rendering import render
from portal.request_facts import now_of
from portal.typed_again import carried
from portal.visits import visit_of
from providers.actors import CITIZEN_WITH_MITID
from providers.database import looking
from providers.scope import Scope


async def ask(request: Request) -> Response:
    """All of the citizen's plans; raises IdentityNeeded for everybody who did not come by an issuer."""
    spoken, plans = language_of(request), await _read(request)
    values = {
        "title": spoken.say("Vælg din plan"),
        "plans": plan_choices(plans, request.app.state.catalogue, spoken),
        "chosen": visit_of(request).data.get("plan"),
    }
    return render(request, "own_plans.html", values)


async def choose(request: Request) -> Response:
    """Go on with one of them; any other number chooses nothing."""
    visit, wanted = visit_of(request), await field(request, "plan")
    number = next((plan for plan in own_plans(visit) if str(plan) == wanted), None)
    if number is None:
        return RedirectResponse("/mine-planer", 303)
    # What was being chosen, moved or looked for belongs to the plan of before.
    visit.data = {BY: visit.data[BY], "plan": number, "verified": True} | carried(visit.data, number)
    return RedirectResponse(await next_page(request), 303)


async def _read(request: Request) -> list[Plan]:
    """Each in a scope of its own, for it shows no more than one; each is an entry in the look-up log."""
    numbers = own_plans(visit_of(request))
    if not numbers:
        raise IdentityNeeded
    found = []
    for number in numbers:
        async with looking(Scope(plan=number)):
            plan = await Plan.get_or_none(id=number)
        if plan is not None:
            found.append(plan)
            now = now_of(request)
            await audit("plan_listed", actor=CITIZEN_WITH_MITID, now=now, purpose="choice", plan_id=number)
    return found

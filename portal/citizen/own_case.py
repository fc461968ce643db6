"""What only a citizen known by MitID sees of their case: what the hospital wrote, and who has looked."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from matching.auditing.own import looks_at_case
from matching.contents import PlanContents, open_contents
from matching.models import Plan
from portal.language import language_of
from portal.presenting.looks import look_lines
from portal.presenting.own_plan import own_plan
from portal.rendering import render
from portal.request_facts import now_of, plan_of, saw, settings_of
from providers.clock import local_date
from providers.models import MunicipalityRegion, Region

_PURPOSE = "own_case"
_MOST = 200


async def show_plan(request: Request) -> Response:
    """The contents of the plan. The letter's codes never lead here."""
    spoken, plan_id = language_of(request), plan_of(request)
    plan = await Plan.get(id=plan_id).select_related("municipality")
    contents = open_contents(plan.contents, settings_of(request).vault()) if plan.contents else PlanContents()
    saw(request, "contents_seen", plan_id, purpose=_PURPOSE)
    region = await _region_of(plan.municipality_id, local_date(now_of(request)))
    values = {"title": spoken.say("Din genoptræningsplan"), "view": own_plan(plan, contents, region, spoken)}
    return render(request, "own_plan.html", values)


async def show_looks(request: Request) -> Response:
    """Who has seen the case. Looking at that is a look, too."""
    spoken, plan_id = language_of(request), plan_of(request)
    looks = await looks_at_case(plan_id, most=_MOST + 1)
    saw(request, "looks_seen", plan_id, purpose=_PURPOSE)
    values = {
        "title": spoken.say("Hvem har set din sag"),
        "looks": look_lines(looks[:_MOST], spoken),
        "more": len(looks) > _MOST,
    }
    return render(request, "looks.html", values)


async def _region_of(municipality: str, today: date) -> Region | None:
    """The region in which a municipality lies today; Christiansø lies in none."""
    lying = MunicipalityRegion.filter(municipality_id=municipality, valid_from__lte=today).order_by("-valid_from")
    newest = await lying.select_related("region").first()
    return newest.region if newest and (newest.valid_to is None or newest.valid_to >= today) else None

"""The page "Dine muligheder"."""

from starlette.requests import Request
from starlette.responses import Response

from matching.cases import read_case
from portal.access import now_of, plan_of, saw
from portal.citizen.standing import held_now
from portal.language import language_of
from portal.presenting.choices import choices
from portal.rendering import render
from providers.authorities import responsible_authority
from providers.clock import local_date


async def show_choices(request: Request) -> Response:
    """Where the plan stands today, and what the citizen may choose."""
    case = await read_case(plan_of(request), now_of(request))
    saw(request, "choices_seen", case.plan.id)
    responsible = await responsible_authority(
        case.plan.plan_type, case.plan.municipality_id, local_date(now_of(request))
    )
    view = choices(case, responsible, request.app.state.catalogue, language_of(request))
    values = {"title": view.title, "view": view, "held": await held_now(request, case.plan.id)}
    return render(request, "choices.html", values)

"""The times that the municipality can offer in a case: at its own places, and at those of its suppliers."""

from collections.abc import Mapping
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from matching.cases import plan_in_scope, read_case
from matching.casework.opening import last_event
from matching.casework.sites import home_times
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.case_times import time_options
from portal.presenting.forms import problem_values
from portal.presenting.tables import deadline_tag
from portal.request_facts import now_of, saw, settings_of
from providers.clock import local_date
from providers.database import looking
from providers.errors import GenvejError
from providers.words import N_


class NoTimeChosen(GenvejError):
    code: ClassVar[str] = "no_time_chosen"
    message: ClassVar[str] = N_("Vælg en tid.")


async def show_times(request: Request) -> Response:
    """The first free ones, each with how it keeps the guarantee."""
    return await times_page(request)


async def times_page(
    request: Request, *, chosen: str = "", errors: Mapping[str, GenvejError] | None = None, status: int = 200
) -> Response:
    """The same page after a choice that was not taken."""
    member, now, spoken = member_of(request), now_of(request), language_of(request)
    plan = await plan_in_scope(request.path_params["plan_id"], member.post.scope)
    async with looking(member.post.scope):
        case, sequence = await read_case(plan.id, now), await last_event(plan.id)
        found = await home_times(case, settings_of(request).policy)
    saw(request, "home_times_seen", plan.id, purpose="casework")
    values = {
        "title": spoken.say("Tilbyd en tid i sag %(case)s", case=plan.case_reference),
        "path": f"/kommune/sager/{plan.id}",
        "guarantee": deadline_tag(case.rights.deadline, local_date(now), spoken),
        "options": time_options(found, case.rights.deadline, chosen, spoken),
        "seen": sequence,
        **problem_values(errors, spoken),
    }
    return await show(request, "municipality/case_times.html", values, status=status)

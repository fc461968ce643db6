"""A caseworker helps a citizen on the telephone: opens the citizen's own pages for a case, and closes them again."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import release
from matching.cases import plan_in_scope
from portal.acting import Assistance, assistance_of, begin_assistance, end_assistance
from portal.admission import member_of
from portal.request_facts import saw, settings_of
from portal.visits import visit_of


async def begin(request: Request) -> Response:
    """Raises PlanUnknown for a case that is not the municipality's."""
    member = member_of(request)
    plan = await plan_in_scope(request.path_params["plan_id"], member.post.scope)
    begin_assistance(visit_of(request), plan.id, Assistance(member.membership_id, plan.case_reference))
    saw(request, "assistance_begun", plan.id, purpose="guidance")
    return RedirectResponse("/muligheder", 303)


async def end(request: Request) -> Response:
    """Back to the municipality's room; a time that was held meanwhile is free again."""
    visit = visit_of(request)
    if assistance_of(visit):
        plan_id = visit.data["plan"]
        if not settings_of(request).read_only:
            await release(plan_id)
        saw(request, "assistance_ended", plan_id, purpose="guidance")
    end_assistance(visit)
    return RedirectResponse("/kommune", 303)

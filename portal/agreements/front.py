"""What there is: the country's approvals by their state, those that wait first."""

from starlette.requests import Request
from starlette.responses import Response

from portal.agreements.room import show
from portal.language import language_of
from portal.presenting.overviews import approval_lines
from providers.approvals import approvals_by_state


async def front(request: Request) -> Response:
    """Approvals say nothing about any citizen."""
    spoken = language_of(request)
    values = {"title": spoken.say("Overblik"), "lines": approval_lines(await approvals_by_state(), spoken)}
    return await show(request, "agreements/front.html", values)

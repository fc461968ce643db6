"""What there is: the municipality's cases by their state."""

from starlette.requests import Request
from starlette.responses import Response

from matching.overviews import cases_by_state
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.overviews import case_lines


async def front(request: Request) -> Response:
    """Counts only, so nothing is written to the look-up log."""
    spoken, found = language_of(request), await cases_by_state(member_of(request).post)
    values = {"title": spoken.say("Overblik"), "lines": case_lines(found, spoken), "total": sum(found.values())}
    return await show(request, "municipality/front.html", values)

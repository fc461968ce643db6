"""What the citizens' municipalities have not heard of, `/klinik/ikke-meddelt`: the clinic rings and says it."""

from starlette.requests import Request
from starlette.responses import Response

from matching.reports.untold import untold_by
from portal.admission import member_of
from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.untold import untold_heads, untold_lines
from portal.request_facts import now_of

PATH = "/klinik/ikke-meddelt"


async def show_untold(request: Request) -> Response:
    """Case numbers only, so nothing is written to the look-up log."""
    spoken = language_of(request)
    found = await untold_by(member_of(request).post.provider or 0, now=now_of(request))
    values = {
        "title": spoken.say("Kommunen har ikke fået besked") if found else spoken.say("Kommunerne har fået besked"),
        "heads": untold_heads(spoken),
        "lines": untold_lines(found, spoken),
    }
    return await show(request, "clinic/untold.html", values)

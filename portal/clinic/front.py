"""What there is: the organisation's sites, with how many come to each."""

from starlette.requests import Request
from starlette.responses import Response

from matching.overviews import coming_to_sites
from matching.reports.untold import untold_by
from portal.admission import member_of
from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.overviews import site_heads
from portal.request_facts import now_of


async def front(request: Request) -> Response:
    """Counts only, so nothing is written to the look-up log."""
    spoken, post, now = language_of(request), member_of(request).post, now_of(request)
    values = {
        "title": spoken.say("Overblik"),
        "sites": await coming_to_sites(post, now),
        "heads": site_heads(spoken),
        "untold": bool(await untold_by(post.provider or 0, now=now, limit=1)),
    }
    return await show(request, "clinic/front.html", values)

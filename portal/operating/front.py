"""What there is: who holds which role, and whether the worker is alive."""

from starlette.requests import Request
from starlette.responses import Response

from portal.language import language_of
from portal.operating.room import show
from portal.presenting.overviews import role_lines, worker_words
from portal.request_facts import now_of
from providers.accounts import posts_by_role
from providers.models import Heartbeat


async def front(request: Request) -> Response:
    """Roles and counts, and no person."""
    spoken, now = language_of(request), now_of(request)
    seen = await Heartbeat.get_or_none(name="worker")
    values = {
        "title": spoken.say("Overblik"),
        "lines": role_lines(await posts_by_role(now), spoken),
        "worker": worker_words(seen.seen_at if seen else None, now, spoken),
    }
    return await show(request, "operating/front.html", values)

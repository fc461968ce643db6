"""The page "Det er der sket"."""

from starlette.requests import Request
from starlette.responses import Response

from matching.messages.remedies import messages_of
from matching.timeline import happenings
from portal.language import language_of
from portal.presenting.timeline import timeline
from portal.rendering import render
from portal.request_facts import plan_of, saw


async def show_timeline(request: Request) -> Response:
    """Everything that has happened to the case, newest first."""
    plan_id, spoken = plan_of(request), language_of(request)
    saw(request, "timeline_seen", plan_id)
    entries = timeline(await happenings(plan_id), await messages_of(plan_id), spoken)
    return render(request, "timeline.html", {"title": spoken.say("Det er der sket"), "entries": entries})

"""Whom the clinic rings, `/klinik/opkald`: by which day, and what came of it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.calling import calls_waiting, close_call, weeks_waiting
from matching.models import CallOutcome
from portal.admission import member_of
from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.calls import call_heads, call_lines, week_heads, week_lines
from portal.reading import text_of
from portal.request_facts import actor_of, now_of, saw, settings_of
from portal.telling import tell
from providers.clock import local_date
from providers.words import N_

PATH = "/klinik/opkald"
_SAID = {
    CallOutcome.REACHED: N_("Opkaldet er gemt. Borgeren booker selv den tid, I blev enige om."),
    CallOutcome.NOT_REACHED: N_("Det er gemt, at I ikke traf borgeren. Borgeren kan bede jer ringe igen."),
}


async def show_calls(request: Request) -> Response:
    """The most urgent first; each name on the page is a look."""
    spoken, settings = language_of(request), settings_of(request)
    provider, today = member_of(request).post.provider or 0, local_date(now_of(request))
    found = await calls_waiting(provider, vault=settings.vault())
    weeks = await weeks_waiting(provider, days=settings.policy.call_days, vault=settings.vault())
    for plan_id in (*(call.plan_id for call in found), *(week.plan_id for week in weeks)):
        saw(request, "calls_seen", plan_id, purpose="treatment")
    values = {
        "title": spoken.say("Opkald"),
        "heads": call_heads(spoken),
        "lines": call_lines(found, today, spoken),
        "week_heads": week_heads(spoken),
        "weeks": week_lines(weeks, today, spoken),
    }
    return await show(request, "clinic/calls.html", values)


async def close(request: Request) -> Response:
    """They were rung, or could not be reached: both end the promise. Raises CallUnknown."""
    form = await request.form()
    outcome = CallOutcome.REACHED if text_of(form, "udfald") == "truffet" else CallOutcome.NOT_REACHED
    number = text_of(form, "opkald")
    call_id = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    provider = member_of(request).post.provider or 0
    await close_call(call_id, provider, outcome, actor=actor_of(request), now=now_of(request))
    tell(request, _SAID[outcome])
    return RedirectResponse(PATH, 303)

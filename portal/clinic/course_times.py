"""The clinic's own times that a citizen can be moved to, the full ones apart: those are given knowingly or never."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from matching.course.moving import own_times
from matching.course.reading import read_course
from matching.course_codes import OVERBOOKED_WORDS
from portal.admission import member_of
from portal.clinic.room import show
from portal.language import language_of
from portal.presenting import dates
from portal.presenting.course_page import own_time_options
from portal.presenting.forms import options, problem_values
from portal.request_facts import now_of, saw
from providers.database import looking
from providers.errors import GenvejError
from providers.weeks import is_whole_week
from providers.words import N_

_MOVE, _AGREE = N_("Flyt tiden i forløb %(case)s"), N_("Aftal tiden i forløb %(case)s")


async def show_times(request: Request) -> Response:
    """The times of the next eight weeks."""
    return await times_page(request)


async def times_page(
    request: Request,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, GenvejError] | None = None,
    status: int = 200,
) -> Response:
    """The same page after a choice that was not taken."""
    member, now, spoken = member_of(request), now_of(request), language_of(request)
    scope, sent = member.post.scope, typed or {}
    async with looking(scope):
        found = await read_course(request.path_params["plan_id"], scope=scope)
        times = await own_times(found.plan.id, scope=scope, now=now)
    saw(request, "course_seen", found.plan.id, purpose="treatment")
    starts_at = found.line.starts_at
    chosen = sent.get("tid", "")
    reasons = {one.value: spoken.say(words) for one, words in OVERBOOKED_WORDS.items()}
    free = [time for time in times if time.free > 0]
    full = [time for time in times if time.free <= 0]
    values = {
        "title": spoken.say(_AGREE if is_whole_week(starts_at) else _MOVE, case=found.plan.case_reference),
        "week": dates.start_day(starts_at, spoken, year=False) if is_whole_week(starts_at) else "",
        "typed": {"dag": sent.get("dag", ""), "klokken": sent.get("klokken", "")},
        "path": f"/klinik/forloeb/{found.plan.id}",
        "free": own_time_options(free, chosen, spoken),
        "full": own_time_options(full, chosen, spoken),
        "why": options(reasons, sent.get("overbook", ""), none=spoken.say("Vælg en grund")),
        "seen": found.seen,
        **problem_values(errors, spoken),
    }
    return await show(request, "clinic/course_times.html", values, status=status)

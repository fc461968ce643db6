"""Those who come today, and the lists of courses. Names are shown, so each citizen on a page is a look."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from matching.course.reading import Line, Which, coming_on, courses, next_day_after
from portal.admission import member_of
from portal.clinic.room import show
from portal.days_typed import DayUnreadable, typed_day
from portal.language import Language, language_of
from portal.presenting import dates
from portal.presenting.courses import LIST_WORDS, course_heads, course_lines, today_heads
from portal.presenting.links import Link
from portal.request_facts import now_of, saw, settings_of
from providers.clock import local_date

PAGE = 25
PATH = "/klinik/forloeb"


async def today(request: Request) -> Response:
    """First contacts of one day, `dag`, today unless told otherwise; made to be printed."""
    spoken, now = language_of(request), now_of(request)
    day = _day(request.query_params.get("dag", ""), local_date(now))
    found = await coming_on(day, scope=member_of(request).post.scope)
    _seen(request, found)
    following = None if found else await next_day_after(day, scope=member_of(request).post.scope)
    is_today = day == local_date(now)
    said = dates.day(day, spoken)
    values = {
        "title": spoken.say("I dag, %(day)s", day=said) if is_today else dates.first_letter_up(said),
        "heads": today_heads(spoken),
        "lines": course_lines(found, settings_of(request).vault(), request.app.state.catalogue, spoken),
        "before": f"/klinik/i-dag?dag={day - timedelta(days=1)}",
        "after": f"/klinik/i-dag?dag={day + timedelta(days=1)}",
        "is_today": is_today,
        "following": _following(following, spoken),
    }
    return await show(request, "clinic/today.html", values)


async def lists(request: Request) -> Response:
    """One of the lists, those that wait for an answer first of all."""
    spoken = language_of(request)
    wanted, side = request.query_params.get("vis", ""), request.query_params.get("side", "")
    which = Which(wanted) if wanted in set(Which) else Which.NEW
    number = int(side) if side.isascii() and side.isdigit() and len(side) < 4 else 0
    scope = member_of(request).post.scope
    found = await courses(which, scope=scope, limit=PAGE + 1, offset=number * PAGE)
    _seen(request, found[:PAGE])
    values = {
        "title": spoken.say("Forløb"),
        "which": which.value,
        "lists": [Link(spoken.say(words), f"{PATH}?vis={one}") for one, words in LIST_WORDS.items()],
        "here": f"{PATH}?vis={which}",
        "caption": spoken.say(LIST_WORDS[which]),
        "heads": course_heads(spoken),
        "lines": course_lines(found[:PAGE], settings_of(request).vault(), request.app.state.catalogue, spoken),
        "following": f"{PATH}?{urlencode({'vis': which, 'side': number + 1})}" if len(found) > PAGE else "",
        "first": f"{PATH}?vis={which}" if number else "",
    }
    return await show(request, "clinic/courses.html", values)


def _following(day: date | None, spoken: Language) -> Link | None:
    """The next day on which somebody comes, from a day on which nobody does."""
    if day is None:
        return None
    return Link(spoken.say("Se %(day)s, hvor den næste kommer", day=dates.day(day, spoken)), f"/klinik/i-dag?dag={day}")


def _seen(request: Request, found: Sequence[Line]) -> None:
    for line in found:
        saw(request, "course_listed", line.plan_id, purpose="treatment")


def _day(text: str, today: date) -> date:
    try:
        return typed_day(text) or today
    except DayUnreadable:
        return today

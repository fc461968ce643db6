"""Doing what a form of the course's page asks for. What cannot be is said there, with everything that was typed.

A colleague, the citizen or the municipality may have been there meanwhile: then nothing is saved, and the page shows
what is new.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.capacity.errors import MinuteReserved, TimeOver
from matching.cases import PlanUnknown
from matching.course.errors import (
    AgreedTimeMissing,
    ContactImpossible,
    CourseChanged,
    GroundsMissing,
    OverbookingUnexplained,
    ReasonUnknown,
)
from matching.course.reading import read_course
from matching.states import StopReasonMissing
from portal.admission import member_of
from portal.clinic.course_forms import Sent, sent_of
from portal.clinic.course_page import course_page
from portal.clinic.course_times import times_page
from portal.days_typed import DayUnreadable
from portal.municipality.case_times import NoTimeChosen
from portal.statuses import status_of
from portal.telling import tell
from providers.errors import GenvejError

Act = Callable[[Request, int, Sent], Awaitable[object]]

_FIELD: dict[type[GenvejError], str] = {
    ContactImpossible: "dag",
    DayUnreadable: "dag",
    AgreedTimeMissing: "dag",
    MinuteReserved: "klokken",
    TimeOver: "dag",
    ReasonUnknown: "grund",
    GroundsMissing: "grunde",
    StopReasonMissing: "stopaarsag",
    NoTimeChosen: "tid-1",
    OverbookingUnexplained: "overbook",
}
_WORDS = {
    "niveau": "niveauord",
    "afslut": "afslutning",
    "stop": "stopord",
    "kan-ikke": "grundord",
    "afvis": "afvisning",
}
"""Of each form its field for words, which sentences about words stand beside."""


async def done(request: Request, form: str, act: Act, words: str) -> Response:
    """Do it, and go back to the course with `words`; or show the page again with what is wrong. Raises PlanUnknown."""
    sent = await sent_of(request)
    found = await read_course(request.path_params["plan_id"], scope=member_of(request).post.scope)
    try:
        await act(request, found.plan.id, sent)
    except PlanUnknown:
        raise
    except GenvejError as error:
        return await _again(request, form, sent, error)
    tell(request, words)
    return RedirectResponse(f"/klinik/forloeb/{found.plan.id}", 303)


async def _again(request: Request, form: str, sent: Sent, error: GenvejError) -> Response:
    """Nothing was saved; what is wrong stands beside its field, or on top."""
    status, seen = status_of(type(error)), sent.seen if isinstance(error, CourseChanged) else None
    beside = _WORDS.get(form, "") if error.code.startswith("course_note") else _FIELD.get(type(error), "")
    if form in {"flyt", "aftal"} and seen is None:
        return await times_page(request, typed=sent.typed, errors={beside: error}, status=status)
    return await course_page(request, form=form, sent=sent, errors={beside: error}, seen=seen, status=status)

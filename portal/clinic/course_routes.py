"""The addresses of those who come: today, the lists, and one course with what is written in it."""

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.clinic import calls, course_actions, course_page, course_times, courses, untold
from portal.returning import instead
from providers.roles import Permission

_COURSE = "/klinik/forloeb/{plan_id}"
_SEE, _ANSWER, _RECORD = Permission.SEE_BOOKINGS, Permission.ANSWER_BOOKING, Permission.RECORD_COURSE


def _form(name: str, endpoint: Endpoint, permission: Permission) -> list[GuardedRoute]:
    """An address that only takes a form of the course's page."""
    path = f"{_COURSE}/{name}"
    return [
        page(path, instead("/klinik/forloeb"), audience=Audience.PUBLIC, name=f"no_course_{name}"),
        page(path, endpoint, audience=Audience.STAFF, name=f"course_{name}", permission=permission, methods=["POST"]),
    ]


ROUTES: list[GuardedRoute] = [
    page("/klinik/i-dag", courses.today, audience=Audience.STAFF, name="clinic_today", permission=_SEE),
    page("/klinik/forloeb", courses.lists, audience=Audience.STAFF, name="courses", permission=_SEE),
    page(calls.PATH, calls.show_calls, audience=Audience.STAFF, name="calls", permission=_ANSWER),
    page(f"{calls.PATH}/slut", instead(calls.PATH), audience=Audience.PUBLIC, name="no_call"),
    page(
        f"{calls.PATH}/slut",
        calls.close,
        audience=Audience.STAFF,
        name="call_closed",
        permission=_ANSWER,
        methods=["POST"],
    ),
    page(untold.PATH, untold.show_untold, audience=Audience.STAFF, name="untold", permission=_SEE),
    page(_COURSE, course_page.show_course, audience=Audience.STAFF, name="course", permission=_SEE),
    *_form("modtaget", course_actions.acknowledged, _ANSWER),
    *_form("kan-ikke", course_actions.cannot, _ANSWER),
    *_form("afvis", course_actions.refused, _ANSWER),
    *_form("giv-tilbage", course_actions.given_back, _ANSWER),
    page(f"{_COURSE}/flyt", course_times.show_times, audience=Audience.STAFF, name="course_times", permission=_ANSWER),
    page(
        f"{_COURSE}/flyt",
        course_actions.moved,
        audience=Audience.STAFF,
        name="course_moved",
        permission=_ANSWER,
        methods=["POST"],
    ),
    *_form("aftal", course_actions.agreed, _ANSWER),
    *_form("flyt/over", course_actions.overbooked, _ANSWER),
    *_form("begyndt", course_actions.begun, _RECORD),
    *_form("kontakt", course_actions.contact, _RECORD),
    *_form("udeblevet", course_actions.not_come, _RECORD),
    *_form("niveau", course_actions.level, _RECORD),
    *_form("stop", course_actions.stopped, _RECORD),
    *_form("afslut", course_actions.completed, _RECORD),
]

"""The addresses of those who come: today, the lists, and one course with what is written in it."""

from portal.access import Endpoint, GuardedRoute
from portal.clinic import calls, course_answers, course_page, course_records, course_times, courses, untold
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_COURSE = "/klinik/forloeb/{plan_id}"
_SEE, _ANSWER, _RECORD = Permission.SEE_BOOKINGS, Permission.ANSWER_BOOKING, Permission.RECORD_COURSE


def _form(name: str, endpoint: Endpoint, permission: Permission) -> list[GuardedRoute]:
    """An address that only takes a form of the course's page."""
    return staff_form(f"{_COURSE}/{name}", endpoint, f"course_{name}", permission, back="/klinik/forloeb")


ROUTES: list[GuardedRoute] = [
    staff_page("/klinik/i-dag", courses.today, "clinic_today", _SEE),
    staff_page("/klinik/forloeb", courses.lists, "courses", _SEE),
    staff_page(calls.PATH, calls.show_calls, "calls", _ANSWER),
    *staff_form(f"{calls.PATH}/slut", calls.close, "call_closed", _ANSWER, back=calls.PATH),
    staff_page(untold.PATH, untold.show_untold, "untold", _SEE),
    staff_page(_COURSE, course_page.show_course, "course", _SEE),
    *_form("modtaget", course_answers.acknowledged, _ANSWER),
    *_form("kan-ikke", course_answers.cannot, _ANSWER),
    *_form("afvis", course_answers.refused, _ANSWER),
    *_form("giv-tilbage", course_answers.given_back, _ANSWER),
    staff_page(f"{_COURSE}/flyt", course_times.show_times, "course_times", _ANSWER),
    *staff_form(f"{_COURSE}/flyt", course_answers.moved, "course_moved", _ANSWER),
    *_form("aftal", course_answers.agreed, _ANSWER),
    *_form("flyt/over", course_answers.overbooked, _ANSWER),
    *_form("begyndt", course_records.begun, _RECORD),
    *_form("kontakt", course_records.contact, _RECORD),
    *_form("udeblevet", course_records.not_come, _RECORD),
    *_form("niveau", course_records.level, _RECORD),
    *_form("stop", course_records.stopped, _RECORD),
    *_form("afslut", course_records.completed, _RECORD),
]

"""The addresses of what other municipalities' citizens ask for."""

from portal.access import GuardedRoute
from portal.municipality import requests
from portal.presenting.requests import PATH
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_ANSWER = Permission.ANSWER_REQUEST
_ONE = PATH + "/{plan_id}"

ROUTES: list[GuardedRoute] = [
    staff_page(PATH, requests.show_requests, "requests", _ANSWER),
    staff_page(_ONE, requests.show_request, "request", _ANSWER),
    *staff_form(f"{_ONE}/ja", requests.accept, "request_accepted", _ANSWER, back=PATH),
    *staff_form(f"{_ONE}/afvis", requests.refuse, "request_refused", _ANSWER, back=PATH),
]

"""The addresses of what other municipalities' citizens ask for."""

from portal.access import Audience, page
from portal.municipality import requests
from portal.presenting.requests import PATH
from portal.returning import instead
from providers.roles import Permission

_STAFF, _ANSWER = Audience.STAFF, Permission.ANSWER_REQUEST
_ONE = PATH + "/{plan_id}"

ROUTES = [
    page(PATH, requests.show_requests, audience=_STAFF, name="requests", permission=_ANSWER),
    page(_ONE, requests.show_request, audience=_STAFF, name="request", permission=_ANSWER),
    page(f"{_ONE}/ja", instead(PATH), audience=Audience.PUBLIC, name="no_request_accepted"),
    page(
        f"{_ONE}/ja",
        requests.accept,
        audience=_STAFF,
        name="request_accepted",
        permission=_ANSWER,
        methods=["POST"],
    ),
    page(f"{_ONE}/afvis", instead(PATH), audience=Audience.PUBLIC, name="no_request_refused"),
    page(
        f"{_ONE}/afvis",
        requests.refuse,
        audience=_STAFF,
        name="request_refused",
        permission=_ANSWER,
        methods=["POST"],
    ),
]

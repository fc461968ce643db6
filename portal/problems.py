"""From an error to what is told: a person reads a page, or is sent to where they can act; a program gets a document."""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.access_errors import WAYS_IN
from portal.admission import PostNeeded, SignInNeeded
from portal.error_pages import page_of_error, page_of_status
from portal.problem_documents import HTTP_WORDS, document_of, problem_answer, problem_of, problem_of_http, spoken_by
from portal.programs import is_fhir, is_for_programs
from portal.returning import sign_in_address
from portal.sending_again import form_to_send_again
from providers.errors import GenvejError
from providers.words import N_

log = structlog.get_logger()

_UNEXPECTED = N_("Der skete en fejl hos os. Det, du valgte, er ikke gemt. Prøv igen om lidt, eller ring.")
_ELSEWHERE: Mapping[type[GenvejError], str] = {
    **WAYS_IN,
    PostNeeded: "/mig?mangler=rolle",
}
"""Errors that are no page of their own: the person is sent to where they do what is missing."""

_WITH_TOKEN = ("/invitation/", "/kalender/", "/stop/", "/nulstil/")


async def on_error(request: Request, error: Exception) -> Response:
    """Something a person can act on went wrong."""
    assert isinstance(error, GenvejError)  # noqa: S101 - Starlette calls this for nothing else # nosec B101
    if _is_api(request):
        document = problem_of(error, spoken_by(request))
        return problem_answer(request, document, retry_headers(error))
    if again := await form_to_send_again(request, error):
        return again
    if type(error) in _ELSEWHERE:
        return RedirectResponse(_ELSEWHERE[type(error)], 303)
    if isinstance(error, SignInNeeded):
        return RedirectResponse(sign_in_address(request), 303)
    return page_of_error(request, error, retry_headers(error))


async def on_http_error(request: Request, error: Exception) -> Response:
    """The framework refused the request before anything of ours saw it."""
    assert isinstance(error, HTTPException)  # noqa: S101 - as above # nosec B101
    headers, status = dict(error.headers or {}), error.status_code
    if _is_api(request):
        document = problem_of_http(status, spoken_by(request), fhir=is_fhir(request.scope["path"]))
        return problem_answer(request, document, headers)
    return page_of_status(request, HTTP_WORDS.get(status, HTTP_WORDS[404]), status, headers)


async def on_hanging_up(request: Request, error: Exception) -> Response:
    """Whoever was sending has gone: nothing of it was done, nobody hears of it, and it is no fault of ours."""
    return await on_http_error(request, HTTPException(400))


async def on_crash(request: Request, error: Exception) -> Response:
    """A fault of ours: logged by its kind, never with the values that were on their way."""
    log.error("crash", kind=type(error).__name__, path=_without_secret(request.scope["path"]))
    if _is_api(request):
        return problem_answer(request, document_of("unexpected", spoken_by(request).say(_UNEXPECTED), 500), {})
    return page_of_status(request, _UNEXPECTED, 500, {})


def retry_headers(error: GenvejError | None) -> dict[str, str]:
    """How long to wait before trying again, for an error that says so."""
    details = error.details if error else {}
    wait, limit = details.get("wait"), details.get("limit")
    if not isinstance(wait, timedelta):
        return {}
    seconds = max(1, ceil(wait.total_seconds()))
    headers = {"Retry-After": str(seconds)}
    # Names of draft-ietf-httpapi-ratelimit-headers: what is allowed in a window of seconds, and what is left of it.
    return headers | (
        {"RateLimit-Policy": f'"address";q={limit};w=60', "RateLimit": f'"address";r=0;t={seconds}'} if limit else {}
    )


def _is_api(request: Request) -> bool:
    return is_for_programs(request.scope["path"])


def _without_secret(path: str) -> str:
    """The path as it may be logged: those that a mail or a calendar leads to end with a token."""
    return next((f"{start}…" for start in _WITH_TOKEN if path.startswith(start)), path)

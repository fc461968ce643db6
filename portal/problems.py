"""From an error to what a person or a program is told: one table, one page, one problem document (RFC 9457)."""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from matching.booking.errors import (
    AlreadyBooked,
    BookingUnknown,
    GuaranteeLossNotAccepted,
    IdempotencyKeyReused,
    SlotNotBookable,
    SlotTaken,
)
from matching.cases import PlanUnknown
from matching.codes import CodeMistyped
from matching.entry import CodeUnknown, FactorWrong, TooManyAttempts
from matching.finding.terms import PlanNotReady
from matching.states import IllegalTransition
from portal.access import CodeNeeded, FactorNeeded
from portal.language import language_of
from portal.rendering import render
from providers.errors import Busy, GenvejError
from providers.words import N_

log = structlog.get_logger()

STATUS: Mapping[type[GenvejError], int] = {
    AlreadyBooked: 409,
    BookingUnknown: 404,
    Busy: 503,
    CodeMistyped: 400,
    CodeNeeded: 401,
    CodeUnknown: 401,
    FactorNeeded: 401,
    FactorWrong: 401,
    GuaranteeLossNotAccepted: 409,
    IdempotencyKeyReused: 422,
    IllegalTransition: 409,
    PlanNotReady: 409,
    PlanUnknown: 404,
    SlotNotBookable: 409,
    SlotTaken: 409,
    TooManyAttempts: 429,
}

_HTTP_WORDS = {
    404: N_("Siden findes ikke. Gå til forsiden, og begynd derfra."),
    405: N_("Det kan man ikke på denne side."),
    413: N_("Det, du sendte, er for stort."),
    403: N_("Forespørgslen kom fra en anden side og er afvist. Gå til forsiden, og prøv igen."),
}
_UNEXPECTED = N_("Der skete en fejl hos os. Det, du valgte, er ikke gemt. Prøv igen om lidt, eller ring.")


def status_of(error: GenvejError) -> int:
    """The HTTP status of an error, by its nearest ancestor in the table; 400 when it has none."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)


async def on_error(request: Request, error: Exception) -> Response:
    """Something a person can act on went wrong."""
    assert isinstance(error, GenvejError)  # noqa: S101 - Starlette calls this for nothing else.
    if isinstance(error, CodeNeeded | FactorNeeded) and not _is_api(request):
        return RedirectResponse("/" if isinstance(error, CodeNeeded) else "/bekraeft", 303)
    words = language_of(request).say(error.message)
    return _answer(request, status_of(error), error.code, words, _retry(error))


async def on_http_error(request: Request, error: Exception) -> Response:
    """The framework refused the request before anything of ours saw it."""
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    words = language_of(request).say(_HTTP_WORDS.get(error.status_code, _HTTP_WORDS[404]))
    return _answer(request, error.status_code, f"http_{error.status_code}", words, dict(error.headers or {}))


async def on_crash(request: Request, error: Exception) -> Response:
    """A fault of ours: logged by its kind, never with the values that were on their way."""
    log.error("crash", kind=type(error).__name__, path=request.scope.get("route_path", request.url.path))
    return _answer(request, 500, "unexpected", language_of(request).say(_UNEXPECTED), {})


def _answer(request: Request, status: int, code: str, words: str, headers: Mapping[str, str]) -> Response:
    if _is_api(request):
        document = {"type": f"urn:genvej:problem:{code}", "title": words, "status": status, "code": code}
        return JSONResponse(document, status, headers, media_type="application/problem+json")
    return render(request, "error.html", {"sentence": words}, status=status, headers=headers)


def _retry(error: GenvejError) -> dict[str, str]:
    wait = error.details.get("wait")
    return {"Retry-After": str(max(1, ceil(wait.total_seconds())))} if isinstance(wait, timedelta) else {}


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")

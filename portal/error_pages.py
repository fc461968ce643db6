"""The page that stands for what went wrong: a heading, one sentence, one way on, and whom to call."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from matching.booking.errors import (
    AlreadyBooked,
    BookingUnknown,
    ChangeTooLate,
    SlotNotBookable,
    SlotTaken,
    WaitingNotPossible,
)
from matching.finding.terms import PlanNotReady
from matching.messages.contacts import StopUnknown
from matching.states import IllegalTransition
from portal.access import Audience
from portal.language import language_of
from portal.presenting.forms import told
from portal.rendering import render
from portal.statuses import status_of
from portal.whose_form import OtherPlanOpen
from providers.accounts.errors import InvitationInvalid, NotPermitted, ResetInvalid
from providers.errors import GenvejError
from providers.words import N_

_Way = tuple[str, str]
"""A label and an address."""

_HEADING = N_("Det lykkedes ikke")
_HEADINGS = {
    403: N_("Det må du ikke"),
    404: N_("Siden findes ikke"),
    413: N_("Det er for stort"),
    429: N_("Vent lidt"),
    500: N_("Der gik noget galt"),
    503: N_("Ikke lige nu"),
}
_DEAD_LINKS = (StopUnknown, InvitationInvalid, ResetInvalid)
_DEAD_LINK = N_("Linket virker ikke")

_FRONT = (N_("Gå til forsiden"), "/")
_CHOICES = (N_("Se dine muligheder"), "/muligheder")
_TIME = (N_("Se din tid"), "/min-tid")
_TIMES = (N_("Se andre tider"), "/steder")
_ROLES = (N_("Se dine roller"), "/mig")
_WAYS: Mapping[type[GenvejError], _Way] = {
    AlreadyBooked: _TIME,
    BookingUnknown: _TIME,
    ChangeTooLate: _TIME,
    IllegalTransition: _TIME,
    NotPermitted: _ROLES,
    OtherPlanOpen: _CHOICES,
    PlanNotReady: _CHOICES,
    SlotNotBookable: _TIMES,
    SlotTaken: _TIMES,
    WaitingNotPossible: _CHOICES,
}
_PASSES = {429, 500, 503}
"""What may be over when the same page is asked for again."""


def page_of_error(request: Request, error: GenvejError, headers: Mapping[str, str]) -> Response:
    """Something a person can act on."""
    status = status_of(type(error))
    way = next((_WAYS[kind] for kind in type(error).__mro__ if kind in _WAYS), None)
    heading = _DEAD_LINK if isinstance(error, _DEAD_LINKS) else _heading(status)
    # Whoever is led on to their time or their options has found the page, but not what it is about.
    heading = _HEADING if way and way is not _ROLES else heading
    return _page(request, heading, told(error, language_of(request)), status, headers, way or _way(request, status))


def page_of_status(request: Request, sentence: str, status: int, headers: Mapping[str, str]) -> Response:
    """Something that the framework refused, or a fault of ours; `sentence` is in Danish."""
    return _page(request, _heading(status), language_of(request).say(sentence), status, headers, _way(request, status))


def _heading(status: int) -> str:
    return _HEADINGS.get(status, _HEADING)


def _way(request: Request, status: int) -> _Way:
    """Once more, where that may help and sends nothing; else to where this visitor has something to go on with."""
    here = request.url.path
    if status in _PASSES and request.method == "GET":
        # With two slashes in front it would be the address of another site.
        again = quote(f"/{here.lstrip('/')}")
        return N_("Prøv igen"), f"{again}?{request.url.query}" if request.url.query else again
    visit = getattr(request.state, "visit", None)
    if visit is None:
        return _FRONT
    if visit.account_id is not None:
        return _work(request) or _ROLES
    return _CHOICES if visit.data.get("plan") and here != _CHOICES[1] else _FRONT


def _work(request: Request) -> _Way | None:
    """The room in which somebody of the staff was already let in, when it is another page of it that failed."""
    room = f"/{request.url.path.split('/')[1]}"
    admitted = request.state.audience is Audience.STAFF and hasattr(request.state, "member")
    return (N_("Gå til arbejdet"), room) if admitted and room != request.url.path else None


def _page(
    request: Request, heading: str, sentence: str, status: int, headers: Mapping[str, str], way: _Way
) -> Response:
    spoken, (label, href) = language_of(request), way
    next_step = {"label": spoken.say(label), "href": href}
    values = {"title": spoken.say(heading), "sentence": sentence, "next": next_step}
    return render(request, "error.html", values, status=status, headers=headers)

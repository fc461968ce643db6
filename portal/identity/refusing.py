"""Pages for those who were not let in: why, who can help, and how to try again as somebody else.

An issuer remembers people for a while, so whoever chose the wrong organisation there must be able to leave it, too.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.identity.errors import AnswerRefused, GivenUp, HandshakeGone, IssuerSilent
from portal.identity.issuer import Issuer
from portal.language import language_of
from portal.problems import retry_headers
from portal.rendering import render
from portal.request_facts import now_of
from portal.settings_issuers import IssuerKind
from portal.statuses import status_of
from providers.accounts import inviters_at
from providers.errors import GenvejError
from providers.words import N_

_NOBODY_YET = (IssuerSilent, HandshakeGone, GivenUp, AnswerRefused)
"""After these nobody knows who the person is, the issuer perhaps least of all."""

START: Mapping[IssuerKind, str] = {IssuerKind.STAFF: "/ind", IssuerKind.CITIZEN: "/"}
"""Where each kind of person begins, and comes back to when they leave."""

_LEAVE: Mapping[IssuerKind, str] = {
    IssuerKind.STAFF: N_("Log ud hos %(issuer)s, og vælg en anden"),
    IssuerKind.CITIZEN: N_("Log ud hos %(issuer)s"),
}
_ONWARD: Mapping[IssuerKind, str] = {IssuerKind.STAFF: N_("Gå til log ind"), IssuerKind.CITIZEN: N_("Gå til forsiden")}
_OTHER_WAY: Mapping[IssuerKind, str] = {
    IssuerKind.STAFF: N_("Har du en adgangskode hertil, kan du altid logge ind med den."),
    IssuerKind.CITIZEN: N_("Du kan også bruge koden fra dit brev."),
}


async def refused(request: Request, issuer: Issuer, error: GenvejError) -> Response:
    """The error as a page."""
    spoken = language_of(request)
    return await _page(
        request,
        issuer,
        {"title": spoken.say("Du blev ikke logget ind"), "sentence": spoken.say(error.message)},
        known=not isinstance(error, _NOBODY_YET),
        status=status_of(type(error)),
        headers=retry_headers(error),
    )


async def not_invited(request: Request, issuer: Issuer, places: Mapping[str, str]) -> Response:
    """For somebody of an organisation that we know, who holds no post there."""
    spoken = language_of(request)
    people = await inviters_at(list(places), now_of(request))
    sentence = spoken.say(
        "Du arbejder hos %(places)s, men har ingen rolle her endnu.", places=", ".join(dict.fromkeys(places.values()))
    )
    values = {"title": spoken.say("Bed om en invitation"), "sentence": sentence, "people": people, "asks": True}
    return await _page(request, issuer, values, known=True, status=403)


async def no_plan(request: Request, issuer: Issuer) -> Response:
    """For a citizen of whom no plan has come."""
    spoken = language_of(request)
    sentence = spoken.say(
        "Vi har ingen genoptræningsplan til dig. Er du lige kommet hjem fra sygehuset, kan der gå et par dage, før den "
        "er hos din kommune."
    )
    values = {"title": spoken.say("Vi fandt ingen plan"), "sentence": sentence}
    return await _page(request, issuer, values, known=True, status=200)


async def _page(
    request: Request,
    issuer: Issuer,
    values: Mapping[str, Any],
    *,
    known: bool,
    status: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    spoken, kind, name = language_of(request), issuer.settings.kind, issuer.settings.name
    leave = await issuer.address_to_sign_out(START[kind], now_of(request)) if known else None
    shared: dict[str, Any] = {
        "people": [],
        "asks": False,
        "issuer": name,
        "other_way": spoken.say(_OTHER_WAY[kind]),
        "onward": {"label": spoken.say(_ONWARD[kind] if known else N_("Prøv igen")), "href": START[kind]},
        "leave": {"label": spoken.say(_LEAVE[kind], issuer=name), "href": leave} if leave else None,
    }
    return render(request, "identity/refused.html", shared | dict(values), status=status, headers=headers)

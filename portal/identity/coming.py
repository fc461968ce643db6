"""Out to an issuer, and back from it."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.identity import citizens, staff
from portal.identity.errors import GivenUp, HandshakeGone, IssuerSilent
from portal.identity.handshake import Handshake, Purpose, begin, take
from portal.identity.issuer import Issuer
from portal.identity.issuers import issuer_named
from portal.identity.refusing import refused
from portal.reading import text_of
from portal.request_facts import is_identified, now_of
from portal.returning import page_to_return_to
from portal.settings_issuers import IssuerKind
from portal.visits import visit_of
from providers.errors import GenvejError

_LONGEST_CODE = 2000
_SILENT = timedelta(seconds=30)


async def send(request: Request) -> Response:
    """Send the person to the issuer. `formaal` says what for, `til` is the staff page that they wanted."""
    issuer, form = issuer_named(request, request.path_params["issuer"]), await request.form()
    then = page_to_return_to(request, text_of(form, "til"))
    purpose = next((one for one in Purpose if one == text_of(form, "formaal")), Purpose.SIGN_IN)
    state, handshake = begin(request, issuer.key, purpose, then=then)
    try:
        return RedirectResponse(await issuer.address_to_sign_in(state, handshake, now_of(request)), 303)
    except IssuerSilent:
        return await refused(request, issuer, IssuerSilent(wait=_SILENT))


async def back(request: Request) -> Response:
    """The person is back. Whatever happens now, their handshake is used up."""
    issuer = issuer_named(request, request.path_params["issuer"])
    handshake = await take(request, issuer.key, request.query_params.get("state", ""))
    if handshake is None and (inside := _already_inside(request)):
        return RedirectResponse(inside, 303)
    try:
        return await _let_in(request, issuer, handshake)
    except GenvejError as error:
        return await refused(request, issuer, error)


async def _let_in(request: Request, issuer: Issuer, handshake: Handshake | None) -> Response:
    query = request.query_params
    # An issuer that names itself must be the one that we sent the person to (RFC 9207).
    if handshake is None or query.get("iss", issuer.settings.url) != issuer.settings.url:
        raise HandshakeGone
    code = query.get("code", "")
    if "error" in query or not 0 < len(code) <= _LONGEST_CODE:
        raise GivenUp
    claims = await issuer.claims(code, handshake, now_of(request))
    if issuer.settings.kind is IssuerKind.CITIZEN:
        return await citizens.arrive(request, issuer, claims)
    return await staff.arrive(request, issuer, handshake, claims)


def _already_inside(request: Request) -> str | None:
    """Where somebody goes on who reloads the way back, or who came in by another tab."""
    if visit_of(request).account_id is not None:
        return "/mig"
    return "/muligheder" if is_identified(request) else None

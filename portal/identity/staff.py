"""Staff who come by an issuer. Their organisation is the one whose business number the issuer names."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.identity.claims import employee_of, had_two_factors
from portal.identity.errors import HandshakeGone, OrganisationStrange
from portal.identity.handshake import Handshake, Purpose
from portal.identity.issuer import Issuer
from portal.identity.refusing import not_invited
from portal.identity.tokens import Claims
from portal.identity.word import BY, for_work_at
from portal.request_facts import now_of, settings_of
from portal.staff.coming_in import come_in, note, stand_halfway
from portal.staff.inviting import invitation_token
from portal.visits import visit_of
from providers.accounts import (
    StaffIdentity,
    accept_as,
    account_known_as,
    halfway_in,
    memberships_of,
    places_of,
    tie_identity,
)

_ACTION = "issuer_sign_in"


async def arrive(request: Request, issuer: Issuer, handshake: Handshake, claims: Claims) -> Response:
    """Let them in, with the posts that they hold at the organisation. Who holds none there is told who can invite."""
    identity, now = employee_of(claims, issuer.settings), now_of(request)
    places = await places_of(identity.cvr, identity.p_number)
    if not places:
        await note(request, _ACTION, None, result="refused")
        raise OrganisationStrange
    if handshake.purpose is Purpose.TIE:
        return await _tie(request, handshake, identity)
    account_id = await _account(request, handshake, identity)
    posts = await memberships_of(account_id, now) if account_id is not None else []
    if account_id is None or not any(member.post.organisation in places for member in posts):
        await note(request, _ACTION, account_id, result="refused")
        return await not_invited(request, issuer, places)
    await note(request, _ACTION, account_id)
    word = for_work_at(issuer.key, places)
    if had_two_factors(claims, issuer.settings):
        visit_of(request).data = {"then": handshake.then, BY: word}
        return RedirectResponse(await come_in(request, account_id), 303)
    return RedirectResponse(
        await stand_halfway(request, await halfway_in(account_id), then=handshake.then, by=word), 303
    )


async def _account(request: Request, handshake: Handshake, identity: StaffIdentity) -> int | None:
    """Theirs by the issuer's word: one that they have, or one that they get by the invitation that they came with."""
    if handshake.purpose is not Purpose.INVITATION:
        return await account_known_as(identity)
    token, vault = invitation_token(request), settings_of(request).vault()
    account_id = await accept_as(token, identity, now=now_of(request), vault=vault)
    await note(request, "invitation_taken", account_id)
    return account_id


async def _tie(request: Request, handshake: Handshake, identity: StaffIdentity) -> Response:
    """The account that asked for it is known by the issuer's word from now on."""
    account_id = visit_of(request).account_id
    if account_id is None or account_id != handshake.account:
        raise HandshakeGone
    await tie_identity(account_id, identity, now=now_of(request))
    await note(request, "identity_tied", account_id)
    return RedirectResponse("/mig", 303)

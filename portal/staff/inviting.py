"""Taking an invitation. The mail's link ends with a token, which no other address and no log ever holds."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.addresses import address_of
from portal.admission import account_of
from portal.identity.issuers import doors
from portal.language import language_of
from portal.presenting.forms import first_error, problem_values
from portal.presenting.staff import post_words
from portal.problems import retry_headers
from portal.reading import text_of
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.settings_issuers import IssuerKind
from portal.staff.coming_in import note, stand_halfway
from portal.staff.tokens import keep_token, token_kept
from portal.statuses import status_after
from portal.visits import visit_of
from providers.accounts import (
    accept_invitation,
    halfway_in,
    join,
    organisation_name,
    read_invitation,
)
from providers.accounts.errors import (
    InvitationInvalid,
    NameInvalid,
    PasswordUnfit,
    SignInBusy,
    SignInRefused,
)
from providers.errors import GenvejError

_LINK = "invitation"


async def arrive(request: Request) -> Response:
    """Keep the token, and go on to an address without it."""
    keep_token(request, _LINK)
    return RedirectResponse("/invitation", 303)


async def show(request: Request) -> Response:
    """What is offered, and the form that takes it; raises InvitationInvalid."""
    return await _form(request)


async def accept(request: Request) -> Response:
    """Take the post with a new account or an existing one; the second factor comes next."""
    form, settings, token = await request.form(), settings_of(request), invitation_token(request)
    name = text_of(form, "navn")
    try:
        account_id = await accept_invitation(
            token,
            name=name,
            password=text_of(form, "adgangskode"),
            address=address_of(request),
            now=now_of(request),
            vault=settings.vault(),
            policy=settings.accounts,
        )
    except NameInvalid as error:
        return await _form(request, name, {"navn": error})
    except (PasswordUnfit, SignInRefused, SignInBusy) as error:
        return await _form(request, name, {"adgangskode": error})
    await note(request, "invitation_taken", account_id)
    return RedirectResponse(await stand_halfway(request, await halfway_in(account_id)), 303)


async def join_as_oneself(request: Request) -> Response:
    """Take the post with the account that is signed in."""
    token, account_id = invitation_token(request), account_of(request).account_id
    await join(token, account_id, now=now_of(request), vault=settings_of(request).vault())
    del visit_of(request).data[_LINK]
    await note(request, "invitation_taken", account_id)
    return RedirectResponse("/mig", 303)


async def _form(request: Request, name: str = "", errors: dict[str, GenvejError] | None = None) -> Response:
    spoken, settings = language_of(request), settings_of(request)
    offered = await read_invitation(invitation_token(request), now=now_of(request), vault=settings.vault())
    error = first_error(errors)
    values = {
        "title": spoken.say("Du er inviteret"),
        **problem_values(errors, spoken),
        "offer": post_words(offered.post.role, await organisation_name(offered.post), spoken),
        "email": offered.email,
        "has_account": offered.has_account,
        "has_password": offered.has_password,
        "doors": doors(request, IssuerKind.STAFF),
        "name": name[:120] if name.isprintable() else "",
    }
    return render(request, "staff/invitation.html", values, status=status_after(error), headers=retry_headers(error))


def invitation_token(request: Request) -> str:
    """The token that this visit was led here with; raises InvitationInvalid."""
    token = token_kept(request, _LINK)
    if token is None:
        raise InvitationInvalid
    return token

"""A new password by a link that somebody in charge has handed out."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.problems import retry_headers
from portal.reading import field
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.staff.coming_in import note, stand_halfway
from portal.staff.tokens import keep_token, token_kept
from portal.statuses import status_after
from providers.accounts import halfway_in, read_reset, use_password_reset
from providers.accounts.errors import PasswordUnfit, ResetInvalid, SignInBusy
from providers.errors import GenvejError

_LINK = "reset"


async def arrive(request: Request) -> Response:
    """Keep the token, and go on to an address without it."""
    keep_token(request, _LINK)
    return RedirectResponse("/nulstil", 303)


async def ask(request: Request) -> Response:
    """Whose password it is, and the field for the new one; raises ResetInvalid."""
    return await _form(request)


async def choose(request: Request) -> Response:
    """Set the password; the second factor comes next, as at every sign-in."""
    password, settings = await field(request, "adgangskode"), settings_of(request)
    try:
        account_id = await use_password_reset(
            _token(request), password, now=now_of(request), vault=settings.vault(), policy=settings.accounts
        )
    except (PasswordUnfit, SignInBusy) as error:
        return await _form(request, error)
    await note(request, "password_reset", account_id)
    return RedirectResponse(await stand_halfway(request, await halfway_in(account_id)), 303)


async def _form(request: Request, error: GenvejError | None = None) -> Response:
    spoken = language_of(request)
    email = await read_reset(_token(request), now=now_of(request), vault=settings_of(request).vault())
    values = {
        "title": spoken.say("Vælg en ny adgangskode"),
        "email": email,
        **problem_values({"adgangskode": error}, spoken),
    }
    return render(request, "staff/new_password.html", values, status=status_after(error), headers=retry_headers(error))


def _token(request: Request) -> str:
    token = token_kept(request, _LINK)
    if token is None:
        raise ResetInvalid
    return token

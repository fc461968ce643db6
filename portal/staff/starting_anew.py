"""A new password by a link that somebody in charge has handed out. The link's token is kept as an invitation's is."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.citizen.reading import field
from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.problems import retry_headers
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.staff.coming_in import note, stand_halfway
from portal.statuses import status_after
from portal.visits import visit_of
from providers.accounts import SecondFactor, SignIn, has_totp, read_reset, use_password_reset
from providers.accounts.errors import PasswordUnfit, ResetInvalid, SignInBusy
from providers.errors import GenvejError

_LONGEST = 100
_SEALED = "reset"


async def arrive(request: Request) -> Response:
    """Keep the token, sealed, in the visit, and go on to an address without it."""
    token = request.path_params["token"]
    if len(token) <= _LONGEST:
        visit_of(request).data[_SEALED] = settings_of(request).vault().seal(token.encode()).decode()
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
    needs = SecondFactor.TOTP if await has_totp(account_id) else SecondFactor.ENROL
    return RedirectResponse(await stand_halfway(request, SignIn(account_id, needs)), 303)


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
    sealed = visit_of(request).data.get(_SEALED)
    if sealed is None:
        raise ResetInvalid
    return settings_of(request).vault().open(sealed.encode()).decode()

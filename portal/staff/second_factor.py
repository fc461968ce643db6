"""The second half of signing in: a code of the app, or one of the recovery codes on paper."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.problems import retry_headers
from portal.reading import field
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.staff.coming_in import come_in, halfway, note
from portal.statuses import status_after
from providers.accounts import SecondFactor, prove_factor
from providers.accounts.errors import FactorCodeMissing, SecondFactorWrong, TooManySignIns
from providers.errors import GenvejError


async def ask(request: Request) -> Response:
    """The form, for whoever has just shown a password."""
    halfway(request, SecondFactor.TOTP)
    return _form(request)


async def check(request: Request) -> Response:
    """Let them in under a new session id."""
    account_id = halfway(request, SecondFactor.TOTP)
    try:
        settings, typed = settings_of(request), await field(request, "kode")
        left = await prove_factor(
            account_id, typed, now=now_of(request), vault=settings.vault(), policy=settings.accounts
        )
    except SecondFactorWrong as error:
        await note(request, "second_factor_shown", account_id, result="refused")
        return _form(request, error)
    except (FactorCodeMissing, TooManySignIns) as error:
        return _form(request, error)
    await note(request, "second_factor_shown", account_id)
    return RedirectResponse(await come_in(request, account_id, codes_left=left), 303)


def _form(request: Request, error: GenvejError | None = None) -> Response:
    spoken = language_of(request)
    values = {
        "title": spoken.say("Skriv koden fra din app"),
        **problem_values({"kode": error}, spoken),
    }
    return render(request, "staff/second_factor.html", values, status=status_after(error), headers=retry_headers(error))

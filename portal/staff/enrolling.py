"""Tying an app to an account that has none, for whoever has just shown its password."""

from starlette.requests import Request
from starlette.responses import Response

from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.presenting.qr import qr_address
from portal.presenting.staff import in_groups
from portal.reading import field
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.staff.coming_in import come_in, halfway, note
from portal.statuses import status_after
from providers.accounts import Enrolment, SecondFactor, begin_totp, confirm_totp
from providers.accounts.errors import SecondFactorWrong, TotpNotBegun
from providers.errors import GenvejError


async def ask(request: Request) -> Response:
    """What an app is for, and the button that makes a key for it."""
    halfway(request, SecondFactor.ENROL)
    return _form(request)


async def show_key(request: Request) -> Response:
    """A new key, shown this once. Raises TotpNotBegun when an app was tied to the account in the meantime."""
    account_id = halfway(request, SecondFactor.ENROL)
    enrolment = await begin_totp(account_id, vault=settings_of(request).vault(), first=True)
    return _form(request, enrolment)


async def confirm(request: Request) -> Response:
    """The first code of the app: they are in, and are given their recovery codes, this once."""
    account_id, typed = halfway(request, SecondFactor.ENROL), await field(request, "kode")
    try:
        codes = await confirm_totp(account_id, typed, now=now_of(request), vault=settings_of(request).vault())
    except (SecondFactorWrong, TotpNotBegun) as error:
        return _form(request, error=error)
    await note(request, "app_tied", account_id)
    values = {
        "title": language_of(request).say("Gem dine engangskoder"),
        "codes": codes,
        "onward": await come_in(request, account_id),
    }
    return render(request, "staff/recovery_codes.html", values)


def _form(request: Request, enrolment: Enrolment | None = None, *, error: GenvejError | None = None) -> Response:
    """After a wrong code the key is not shown again: the app has it, or it is made anew."""
    spoken = language_of(request)
    values = {
        "title": spoken.say("Knyt en app til din konto"),
        **problem_values({"kode": error}, spoken),
        "key": in_groups(enrolment.secret) if enrolment else "",
        "uri": enrolment.uri if enrolment else "",
        "picture": qr_address(enrolment.uri) if enrolment else "",
        "asks_code": enrolment is not None or error is not None,
    }
    return render(request, "staff/enrol.html", values, status=status_after(error))

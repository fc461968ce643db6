"""Another app, or new recovery codes, for somebody who is in and shows once more who they are."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from portal.addresses import address_of
from portal.admission import account_of
from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.presenting.qr import qr_address
from portal.presenting.staff import in_groups
from portal.reading import field, text_of
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.staff.coming_in import note, renew_in_place
from portal.staff.my_account import account_page
from portal.statuses import status_after
from portal.visits import visit_of
from providers.accounts import (
    Enrolment,
    begin_totp,
    confirm_totp,
    end_all_sessions,
    prove_both,
    renew_recovery_codes,
)
from providers.accounts.errors import (
    FactorCodeMissing,
    SecondFactorWrong,
    SignInBusy,
    SignInRefused,
    TotpNotBegun,
)
from providers.errors import GenvejError

_PROVED = "proved"
_GOOD_FOR = timedelta(minutes=10)


async def begin(request: Request) -> Response:
    """Check password and code; then, as was asked for, show a key for a new app or ten new codes."""
    form, settings, account = await request.form(), settings_of(request), account_of(request)
    try:
        await prove_both(
            account.account_id,
            text_of(form, "adgangskode"),
            text_of(form, "kode"),
            address=address_of(request),
            now=now_of(request),
            vault=settings.vault(),
            policy=settings.accounts,
        )
    except (SecondFactorWrong, FactorCodeMissing) as error:
        return await _refused(request, "kode", error)
    except (SignInRefused, SignInBusy) as error:
        return await _refused(request, "adgangskode", error)
    await renew_in_place(request)
    if text_of(form, "goer") == "koder":
        return await _new_codes(request)
    visit_of(request).data[_PROVED] = now_of(request).timestamp()
    return _key(request, await begin_totp(account.account_id, vault=settings.vault()))


async def confirm(request: Request) -> Response:
    """The first code of the new app: it takes over, with codes of its own; every other visit ends."""
    account_id, visit, now = account_of(request).account_id, visit_of(request), now_of(request)
    typed, vault = await field(request, "kode"), settings_of(request).vault()
    if now.timestamp() - visit.data.get(_PROVED, 0) > _GOOD_FOR.total_seconds():
        raise TotpNotBegun
    try:
        codes = await confirm_totp(account_id, typed, now=now, vault=vault)
    except SecondFactorWrong as error:
        return _key(request, error=error)
    del visit.data[_PROVED]
    await end_all_sessions(account_id, keep=visit.id)
    await note(request, "app_replaced", account_id)
    return _codes(request, codes)


async def _new_codes(request: Request) -> Response:
    account_id = account_of(request).account_id
    codes = await renew_recovery_codes(account_id, vault=settings_of(request).vault())
    visit_of(request).data.pop("codes_left", None)
    await note(request, "recovery_codes_renewed", account_id)
    return _codes(request, codes)


async def _refused(request: Request, at: str, error: GenvejError) -> Response:
    await note(request, "identity_proved", account_of(request).account_id, result="refused")
    return await account_page(request, {at: error})


def _key(request: Request, enrolment: Enrolment | None = None, *, error: GenvejError | None = None) -> Response:
    spoken = language_of(request)
    values = {
        "title": spoken.say("Knyt en ny app til din konto"),
        **problem_values({"kode": error}, spoken),
        "key": in_groups(enrolment.secret) if enrolment else "",
        "uri": enrolment.uri if enrolment else "",
        "picture": qr_address(enrolment.uri) if enrolment else "",
        "action": "/mig/app",
    }
    return render(request, "staff/new_app.html", values, status=status_after(error))


def _codes(request: Request, codes: list[str]) -> Response:
    values = {"title": language_of(request).say("Gem dine engangskoder"), "codes": codes, "onward": "/mig"}
    return render(request, "staff/recovery_codes.html", values)

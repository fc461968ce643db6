"""The first half of signing in, and the way out. In a demo, one press is enough."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.addresses import address_of
from portal.identity.issuers import doors
from portal.identity.leaving import way_out
from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.presenting.staff import login_lines
from portal.problems import retry_headers
from portal.reading import field, text_of
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.returning import page_to_return_to
from portal.settings_issuers import IssuerKind
from portal.staff.coming_in import come_in, note, stand_halfway
from portal.statuses import status_after
from portal.visits import leave, visit_of
from providers.accounts import sign_in
from providers.accounts.errors import CredentialsWrong, SignInBusy, TooManySignIns
from providers.demo.logins import demo_logins
from providers.errors import GenvejError

_LONGEST_EMAIL = 254


async def ask(request: Request) -> Response:
    """The form; `til` in the address is the staff page that asked for signing in."""
    if visit_of(request).account_id is not None:
        return RedirectResponse("/mig", 303)
    return await _form(request, then=request.query_params.get("til", ""))


async def check(request: Request) -> Response:
    """Check the password. Unknown, closed and wrong look the same."""
    form, settings = await request.form(), settings_of(request)
    email, then = text_of(form, "email"), text_of(form, "til")
    try:
        signed = await sign_in(
            email,
            text_of(form, "adgangskode"),
            address=address_of(request),
            now=now_of(request),
            vault=settings.vault(),
            policy=settings.accounts,
        )
    except CredentialsWrong as error:
        await note(request, "password_shown", None, result="refused")
        return await _form(request, email=email, then=then, error=error)
    except (TooManySignIns, SignInBusy) as error:
        return await _form(request, email=email, then=then, error=error)
    await note(request, "password_shown", signed.account_id)
    return RedirectResponse(await stand_halfway(request, signed, then=page_to_return_to(request, then)), 303)


async def as_demo(request: Request) -> Response:
    """Sign in as one of the demo's invented people; outside a demo there is no such page."""
    if not settings_of(request).demo:
        raise HTTPException(404)
    wanted = await field(request, "konto")
    login = next((one for one in await demo_logins(now_of(request)) if str(one.account_id) == wanted), None)
    if login is None:
        raise HTTPException(404)
    visit_of(request).data.clear()
    await note(request, "demo_sign_in", login.account_id)
    return RedirectResponse(await come_in(request, login.account_id), 303)


async def no_demo(request: Request) -> Response:
    """The address above, asked for as a page."""
    if not settings_of(request).demo:
        raise HTTPException(404)
    return RedirectResponse("/ind", 303)


async def sign_out(request: Request) -> Response:
    """End the visit, whatever it held, and the one at the issuer."""
    if (account_id := visit_of(request).account_id) is not None:
        await note(request, "signed_out", account_id)
    onward = await way_out(request, "/ind")
    await leave(request)
    return RedirectResponse(onward, 303)


async def _form(request: Request, *, email: str = "", then: str = "", error: GenvejError | None = None) -> Response:
    """The typed address stays, the password does not."""
    spoken, settings = language_of(request), settings_of(request)
    values = {
        "title": spoken.say("Log ind som medarbejder"),
        **problem_values({"email": error}, spoken),
        "email": email[:_LONGEST_EMAIL] if email.isprintable() else "",
        "then": page_to_return_to(request, then) or "",
        "doors": doors(request, IssuerKind.STAFF),
        "logins": login_lines(await demo_logins(now_of(request)), spoken) if settings.demo else [],
    }
    return render(request, "staff/sign_in.html", values, status=status_after(error), headers=retry_headers(error))

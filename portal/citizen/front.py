"""The front page: the code from the letter, or a search without one."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import release
from matching.codes import CodeMistyped
from matching.entry import EntryRefused, enter, still_opens
from matching.package_text import parse_package_choice
from portal.access_errors import CodeNeeded, IdentityNeeded
from portal.acting import assistance_of
from portal.addresses import address_of
from portal.citizen.packages import choice_lists, choice_query
from portal.citizen.waiting import waiting_words
from portal.identity.issuers import doors
from portal.identity.leaving import way_out
from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.problems import retry_headers
from portal.reading import field
from portal.rendering import render
from portal.request_facts import is_identified, now_of, settings_of
from portal.settings_issuers import IssuerKind
from portal.statuses import status_after
from portal.typed_again import carried, page_of_typed
from portal.visits import cookie_name, leave, renew_visit, visit_of
from providers.errors import GenvejError
from providers.words import N_

_TOO_LONG = N_(
    "Der gik for lang tid, så vi har lukket dit forløb her. Skriv koden igen. En tid, du har booket, er stadig din."
)
_REPLACED = N_(
    "Koden, du skrev, gælder ikke mere. Har du fået et nyt brev, så skriv koden fra det. Ellers ring til din kommune."
)
_NO_COOKIE = N_(
    "Skriv koden fra dit brev for at komme videre. Har du lige skrevet den, så gemmer din browser ikke cookies. "
    "Giv lov til cookies, eller ring til os, så hjælper vi dig."
)
_NO_DOOR = N_("Det vises kun med MitID, og det kan man ikke logge ind med her endnu. Spørg din kommune.")
_CLOSED = N_("Du har lukket dit forløb her. Vil du ind igen, så skriv koden fra dit brev.")
_MISSING: Mapping[str, type[GenvejError]] = {"kode": CodeNeeded, "mitid": IdentityNeeded}


class CodeMissing(GenvejError):
    code = "code_missing"
    message = N_("Skriv forløbskoden fra dit brev.")


async def front(request: Request) -> Response:
    """`mangler` stands in the address of somebody who was sent here because a page asks for a code, or for MitID;
    `lukket` in that of somebody who has just left.
    """
    missing = _MISSING.get(request.query_params.get("mangler", ""))
    goes_on, message = await _goes_on(request), ""
    if visit_of(request).data.get("plan") and not goes_on:
        message = _REPLACED
    elif missing is CodeNeeded and not goes_on:
        message = _TOO_LONG if cookie_name(settings_of(request)) in request.cookies else _NO_COOKIE
    elif missing is IdentityNeeded:
        message = IdentityNeeded.message if doors(request, IssuerKind.CITIZEN) else _NO_DOOR
    elif "lukket" in request.query_params and not goes_on:
        message = _CLOSED
    return _front(request, notice=language_of(request).say(message), goes_on=goes_on)


async def _goes_on(request: Request) -> bool:
    """Whether a plan is open here that can still be read: a code that was revoked since would only lead back here."""
    visit, now = visit_of(request), now_of(request)
    if not (plan_id := visit.data.get("plan")):
        return False
    if is_identified(request) or assistance_of(visit):
        return True
    return await still_opens(plan_id, visit.created_at or now, now)


async def enter_code(request: Request) -> Response:
    """The code opens the plan's choices; a package typed as words opens the search that needs no code."""
    text = await field(request, "kode")
    if choice := parse_package_choice(text, request.app.state.catalogue.packages):
        return RedirectResponse(f"/soeg?{choice_query(*choice)}", 303)
    settings = settings_of(request)
    try:
        if not text.strip():
            raise CodeMissing
        plan_id = await enter(
            text,
            address=address_of(request),
            now=now_of(request),
            vault=settings.vault(),
            policy=settings.policy,
        )
    except (CodeMissing, CodeMistyped, EntryRefused) as error:
        return _front(request, error=error, goes_on=await _goes_on(request))
    await renew_visit(request)
    visit_of(request).data = {"plan": plan_id} | carried(visit_of(request).data, plan_id)
    return RedirectResponse(page_of_typed(request) or "/muligheder", 303)


async def farewell(request: Request) -> Response:
    """Leave: what was held is free again, at once or when its time is up; the next person here finds nothing."""
    plan_id = visit_of(request).data.get("plan")
    if plan_id is not None and not settings_of(request).read_only:
        await release(plan_id)
    onward = await way_out(request, "/")
    await leave(request)
    # An issuer sends people back to an address that it knows, and to no other.
    return RedirectResponse("/?lukket=ja" if onward == "/" else onward, 303)


def _front(request: Request, *, goes_on: bool, notice: str = "", error: GenvejError | None = None) -> Response:
    """The code that was typed is not written into the page again: it is a secret, and the page may be shared.

    `goes_on`: there is a plan to go on with; without it the header leads to no page of one.
    """
    spoken = language_of(request)
    request.state.shut = not goes_on
    values = {
        "title": spoken.say("Find din genoptræning"),
        "notice": " ".join(filter(None, (notice, waiting_words(request) if notice or error else ""))),
        **problem_values({"kode": error}, spoken),
        "goes_on": goes_on,
        "lists": choice_lists(request),
        "doors": doors(request, IssuerKind.CITIZEN),
    }
    return render(request, "front.html", values, status=status_after(error), headers=retry_headers(error))

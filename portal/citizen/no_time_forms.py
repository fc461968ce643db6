"""The forms of the page "Når ingen tid passer": each does one thing, and shows the page as it then is."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import ask_municipality
from matching.calling import ask_for_call, withdraw_call
from matching.calling.errors import CallError
from matching.cases import read_case
from matching.messages.contacts import PhoneInvalid
from matching.watching import Wanted, end_watch, watch
from matching.watching.errors import NowhereToTell, WatchError
from portal.citizen.asking import RadiusInvalid, read_radius
from portal.citizen.contact import keep_contact, typed, unreadable
from portal.citizen.no_time import PATH, show_forms, site_asked_for
from portal.citizen.no_time_typed import plain, typed_in
from portal.citizen.places import PlaceUnknown, resolve_place
from portal.presenting.no_time import SITE
from portal.reading import field, text_of, whole_number
from portal.request_facts import actor_of, now_of, plan_of, settings_of
from providers.errors import GenvejError


async def tell_me(request: Request) -> Response:
    """Tell the citizen when a time comes. What cannot be read is said, and nothing typed is lost."""
    form = await request.form()
    errors = dict(unreadable(form))
    wanted = _wanted(request, form, errors)
    if not errors:
        await keep_contact(request, form)
        try:
            policy = settings_of(request).policy
            await watch(plan_of(request), wanted, actor=actor_of(request), now=now_of(request), policy=policy)
        except WatchError as error:
            errors["email" if isinstance(error, NowhereToTell) else ""] = error
    return await _again(request, form, errors, "besked")


async def stop_telling(request: Request) -> Response:
    """Say nothing more of one thing."""
    number = whole_number(await field(request, "nummer")) or 0
    await end_watch(plan_of(request), min(number, 9), actor=actor_of(request), now=now_of(request))
    return RedirectResponse(f"{PATH}#besked", 303)


async def call_me(request: Request) -> Response:
    """Ask a site to ring."""
    form, settings = await request.form(), settings_of(request)
    errors: dict[str, GenvejError] = {}
    site_id, phone = whole_number(text_of(form, "ring")) or 0, text_of(form, "telefon")
    try:
        await ask_for_call(
            plan_of(request),
            min(site_id, 2**31 - 1),
            phone,
            actor=actor_of(request),
            now=now_of(request),
            policy=settings.policy,
            vault=settings.vault(),
        )
    except PhoneInvalid as error:
        errors["telefon"] = error
    except CallError as error:
        errors[""] = error
    return await _again(request, form, errors, "opkald")


async def need_no_call(request: Request) -> Response:
    """The citizen has thought better of it."""
    await withdraw_call(plan_of(request), actor=actor_of(request), now=now_of(request))
    return RedirectResponse(f"{PATH}#opkald", 303)


async def back_to_municipality(request: Request) -> Response:
    """The municipality is asked to find a time."""
    await ask_municipality(plan_of(request), actor=actor_of(request), now=now_of(request))
    return RedirectResponse(f"{PATH}#kommune", 303)


async def _again(request: Request, form: FormData, errors: dict[str, GenvejError], part: str) -> Response:
    if not errors:
        return RedirectResponse(f"{PATH}#{part}", 303)
    case, site = await read_case(plan_of(request), now_of(request)), await site_asked_for(text_of(form, "fra"))
    contact = typed(form) if part == "besked" else None
    return await show_forms(request, case, typed_in(form), site, errors=errors, contact=contact)


def _wanted(request: Request, form: FormData, errors: dict[str, GenvejError]) -> Wanted:
    """What is waited for; what cannot be read is added to the errors."""
    days = frozenset(day for day in range(1, 6) if str(day) in form.getlist("dag"))
    if text_of(form, "hvor") == SITE:
        return Wanted(site_id=whole_number(text_of(form, "fra")) or None, days=days)
    catalogue, place, radius, origin = request.app.state.catalogue, plain(text_of(form, "sted")), None, None
    try:
        radius = read_radius(text_of(form, "radius"))
    except RadiusInvalid as error:
        errors["radius"] = error
    try:
        if place and radius is not None:
            point = resolve_place(place, catalogue).origin
            origin = catalogue.nearest_postal_code(point.easting, point.northing).code
    except PlaceUnknown as error:
        errors["sted"] = error
    return Wanted(origin=origin, radius=radius, days=days)

"""A site's page for the citizen: its times, each a button that holds it while they decide."""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import hold, release
from matching.booking.errors import AlreadyBooked, BookingError, SlotNotBookable
from matching.cases import Case, read_case
from matching.finding.seats import Seat, seats_of_site
from matching.finding.terms import PlanNotReady, terms_of_case
from portal.citizen.alternatives import alternatives
from portal.citizen.site_journeys import journey_to
from portal.citizen.standing import is_moving, standing
from portal.citizen.waiting import chosen_too_late
from portal.language import language_of
from portal.presenting.forms import Problem, sentence_of
from portal.presenting.site_page import site_page
from portal.reading import field, site_number, whole_number
from portal.rendering import render
from portal.request_facts import is_verified, now_of, plan_of, saw, settings_of
from portal.statuses import status_after
from portal.visits import visit_of
from providers.errors import GenvejError
from providers.models import Site, Slot


async def site(request: Request) -> Response:
    """The site with its free times for this plan."""
    return await show_site(request, site_number(request))


async def hold_time(request: Request) -> Response:
    """Keep the chosen time, and go on; a time that is gone shows the site's other times."""
    plan_id, now = plan_of(request), now_of(request)
    slot = await Slot.get_or_none(id=whole_number(await field(request, "slot")))
    if slot is None:
        raise SlotNotBookable
    try:
        case = await read_case(plan_id, now)
        if case.current is not None and not is_moving(request, case):
            raise AlreadyBooked
        await hold(plan_id, slot.id, now=now, policy=settings_of(request).policy)
    except (BookingError, PlanNotReady) as error:
        return await show_site(request, slot.site_id, error, slot)
    saw(request, "slot_held", plan_id)
    data = visit_of(request).data
    data["slot"] = slot.id
    # Whoever was on the way to another page has found a time instead.
    data.pop("then", None)
    return RedirectResponse("/book" if is_verified(request) else "/bekraeft", 303)


async def let_go(request: Request) -> Response:
    """Give the held time back, and go back to where it was chosen."""
    plan_id = plan_of(request)
    await release(plan_id)
    saw(request, "slot_released", plan_id)
    data = visit_of(request).data
    slot = await Slot.get_or_none(id=data.pop("slot", None))
    return RedirectResponse(f"/steder/{slot.site_id}" if slot else "/steder", 303)


async def show_site(
    request: Request, site_id: int, error: GenvejError | None = None, lost: Slot | None = None
) -> Response:
    """The page; with an error, the sentence stands on top, and what there is instead of the time that was lost."""
    place = await site_by_number(site_id)
    case = await read_case(plan_of(request), now_of(request))
    saw(request, "times_seen", case.plan.id)
    spoken, rights = language_of(request), case.rights
    seats = await _seats(request, site_id, case)
    view = site_page(
        place,
        seats,
        spoken,
        deadline=rights.deadline,
        open_bases=rights.open_bases,
        opens_on=rights.extended_opens_on,
        marked_before=now_of(request) - settings_of(request).policy.mark_after,
    )
    values = {
        "title": view.title,
        "view": view,
        "problems": [Problem(sentence_of(error, spoken), "tider")] if error else [],
        "instead": await alternatives(request, case, lost, error, seats),
        "standing": await standing(request, case),
        "chosen": await chosen_too_late(request, site_id),
        "journey": await journey_to(request, case, place, seats),
        "back": back_to_list(request),
        "no_time": f"/ingen-tid?sted={site_id}",
    }
    return render(request, "site.html", values, status=status_after(error))


async def site_by_number(site_id: int) -> Site:
    """The site with its provider and postal code; one that does not exist is a page that does not (404)."""
    place = await Site.get_or_none(id=site_id).select_related("provider", "postal_code")
    if place is None:
        raise HTTPException(404)
    return place


async def _seats(request: Request, site_id: int, case: Case) -> Sequence[Seat]:
    """The times this plan could have, those behind a door that is still closed among them."""
    try:
        terms = terms_of_case(case, settings_of(request).policy, preview_private=True)
    except PlanNotReady:
        return ()
    return await seats_of_site(site_id, terms)


def back_to_list(request: Request) -> str:
    """The list as it was when the citizen left it."""
    query = visit_of(request).data.get("search") or {}
    return f"/steder?{urlencode(query)}" if query else "/steder"

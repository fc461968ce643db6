"""The page "Dine muligheder", and the choice to wait."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import stop_waiting, wait
from matching.cases import Case, read_case
from portal.citizen.my_time import bookings_of
from portal.citizen.standing import held_now
from portal.language import language_of
from portal.presenting.choices import choices
from portal.presenting.my_time import Appointment, appointment_of
from portal.rendering import render
from portal.request_facts import actor_of, is_verified, now_of, plan_of, saw, settings_of
from portal.visits import visit_of
from providers.authorities import responsible_authority
from providers.clock import local_date


async def show_choices(request: Request) -> Response:
    """Where the plan stands today, and what the citizen may choose; what was offered, once they are known."""
    case = await read_case(plan_of(request), now_of(request))
    saw(request, "choices_seen", case.plan.id)
    responsible = await responsible_authority(
        case.plan.plan_type, case.plan.municipality_id, local_date(now_of(request))
    )
    view = choices(case, responsible, request.app.state.catalogue, language_of(request))
    values = {
        "title": view.title,
        "view": view,
        "verified": is_verified(request),
        "offered": await _offered(request, case),
        "held": await held_now(request, case.plan.id),
    }
    return render(request, "choices.html", values)


async def choose_to_wait(request: Request) -> Response:
    """Choose nothing for now."""
    await wait(plan_of(request), actor=actor_of(request), now=now_of(request))
    visit_of(request).data.pop("slot", None)
    return RedirectResponse("/muligheder", 303)


async def choose_after_all(request: Request) -> Response:
    """Undo it."""
    await stop_waiting(plan_of(request), actor=actor_of(request), now=now_of(request))
    return RedirectResponse("/muligheder", 303)


async def _offered(request: Request, case: Case) -> Appointment | None:
    """The municipality's offer is for the citizen, not for whoever has found the code."""
    if case.offered is None or not is_verified(request):
        return None
    saw(request, "offer_seen", case.plan.id)
    bookings = await bookings_of(case.plan.id)
    offered = next(booking for booking in bookings if booking.id == case.offered.id)
    return appointment_of(offered, case.rights.deadline, case.now, settings_of(request).policy, language_of(request))

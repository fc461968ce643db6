"""Changing one's mind: cancel the time, or move it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import cancel, release
from matching.booking.errors import BookingUnknown
from matching.cases import read_case
from matching.states import StopReason
from portal.access import actor_of, now_of, plan_of, settings_of
from portal.citizen.my_time import view_of
from portal.citizen.offers import choice_is_made
from portal.citizen.reading import booking_number, text_of
from portal.language import language_of
from portal.presenting.my_time import CITIZEN_REASONS, reason_options
from portal.rendering import render
from portal.visits import visit_of


async def ask_to_cancel(request: Request) -> Response:
    """Is the citizen sure, and do they want to say why?"""
    view = await view_of(request, receipt=False)
    if view.appointment is None or not view.appointment.changeable:
        raise BookingUnknown
    spoken = language_of(request)
    values = {"title": spoken.say("Vil du aflyse din tid?"), "view": view, "reasons": reason_options(spoken)}
    case = await read_case(plan_of(request), now_of(request))
    return render(request, "cancel.html", values | {"booking": case.current.id if case.current else ""})


async def cancel_time(request: Request) -> Response:
    """Cancel. The seat is free for others at once."""
    form, plan_id = await request.form(), plan_of(request)
    await cancel(
        plan_id,
        booking_number(text_of(form, "booking")),
        actor=actor_of(request),
        now=now_of(request),
        policy=settings_of(request).policy,
        reason=_reason(text_of(form, "aarsag")),
    )
    choice_is_made(request)
    return RedirectResponse("/min-tid", 303)


async def begin_move(request: Request) -> Response:
    """Look for another time; the one that is booked stays until then."""
    case = await read_case(plan_of(request), now_of(request))
    if case.current is None:
        raise BookingUnknown
    visit_of(request).data["moving"] = True
    return RedirectResponse("/steder", 303)


async def end_move(request: Request) -> Response:
    """Keep the time after all."""
    await release(plan_of(request))
    choice_is_made(request)
    return RedirectResponse("/min-tid", 303)


def _reason(text: str) -> StopReason:
    return next((reason for reason in CITIZEN_REASONS if reason.value == text), StopReason.OPTED_OUT)

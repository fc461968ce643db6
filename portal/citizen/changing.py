"""Changing one's mind: cancel the time, or move it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import cancel, release
from matching.booking.errors import BookingUnknown, ChangeTooLate
from matching.booking.notice import check_changeable
from matching.cases import read_case
from matching.states import StopReason
from portal.citizen.my_time import case_and_bookings, view_of
from portal.citizen.offers import choice_is_made
from portal.citizen.standing import slot_with_site
from portal.language import language_of
from portal.presenting.my_time import CITIZEN_REASONS, reason_options
from portal.reading import booking_number, field, text_of
from portal.rendering import render
from portal.request_facts import actor_of, now_of, plan_of, settings_of
from portal.typed_again import typed_again
from portal.visits import visit_of

HERE = "her"
"""What the button says that looks for another time at the same place."""


async def ask_to_cancel(request: Request) -> Response:
    """Is the citizen sure, and do they want to say why?"""
    case, bookings = await case_and_bookings(request)
    view = view_of(request, case, bookings, receipt=False)
    if view.appointment is not None and view.appointment.too_late:
        raise ChangeTooLate(phone=view.appointment.about.phone.label if view.appointment.about.phone else "")
    if view.appointment is None or not view.appointment.changeable:
        raise BookingUnknown
    spoken = language_of(request)
    form = typed_again(request, "/min-tid/aflys")
    values = {
        "title": spoken.say("Vil du aflyse din tid?"),
        "view": view,
        "reasons": reason_options(spoken),
        "chosen": text_of(form, "aarsag") if form else "",
        "booking": case.current.id if case.current else "",
    }
    return render(request, "cancel.html", values)


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
    """Look for another time, at the same place or at any; the one that is booked stays until then.

    Whoever comes too late is told so now, and not when they have chosen.
    """
    case = await read_case(plan_of(request), now_of(request))
    if case.current is None:
        raise BookingUnknown
    policy = settings_of(request).policy
    await check_changeable(case.current, actor=actor_of(request), now=case.now, policy=policy)
    visit_of(request).data["moving"] = True
    if await field(request, "til") == HERE:
        slot = await slot_with_site(case.current.slot_id)
        return RedirectResponse(f"/steder/{slot.site_id}" if slot else "/steder", 303)
    return RedirectResponse("/steder", 303)


async def end_move(request: Request) -> Response:
    """Keep the time after all."""
    await release(plan_of(request))
    choice_is_made(request)
    return RedirectResponse("/min-tid", 303)


def _reason(text: str) -> StopReason:
    return next((reason for reason in CITIZEN_REASONS if reason.value == text), StopReason.OPTED_OUT)

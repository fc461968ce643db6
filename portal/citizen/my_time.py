"""The citizen's own time: see it, take it along, move it, cancel it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import book, cancel, move, release
from matching.booking.errors import BookingUnknown
from matching.cases import Case, read_case
from matching.models import Booking
from matching.states import BookingState, StopReason
from portal.access import actor_of, now_of, plan_of, saw, settings_of
from portal.citizen.reading import booking_number, text_of
from portal.citizen.standing import held_now
from portal.language import language_of
from portal.presenting import steps
from portal.presenting.calendar_file import calendar_file
from portal.presenting.my_time import CITIZEN_REASONS, MyTime, my_time, reason_options
from portal.rendering import render
from portal.visits import visit_of


async def show(request: Request) -> Response:
    """The time as it stands."""
    return await _show(request, receipt=False)


async def receipt(request: Request) -> Response:
    """The same page right after booking."""
    return await _show(request, receipt=True)


async def calendar(request: Request) -> Response:
    """The calendar file of the time, or of the last one there was: a cancelled entry takes itself away."""
    plan_id = plan_of(request)
    bookings = await _bookings(plan_id)
    latest = _latest(bookings, None)
    if latest is None:
        raise BookingUnknown
    saw(request, "calendar_file_taken", plan_id)
    by_number = {booking.id: booking for booking in bookings}
    file = calendar_file(latest, by_number, settings_of(request).public_url, now_of(request), language_of(request))
    headers = {"Content-Disposition": 'attachment; filename="genvej.ics"'}
    return Response(file, headers=headers, media_type="text/calendar; charset=utf-8")


async def ask_to_cancel(request: Request) -> Response:
    """Is the citizen sure, and do they want to say why?"""
    view = await _view(request, receipt=False)
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
        reason=_reason(text_of(form, "aarsag")),
    )
    saw(request, "booking_cancelled", plan_id)
    visit_of(request).data.pop("moving", None)
    return RedirectResponse("/min-tid", 303)


async def accept_offer(request: Request) -> Response:
    """Take the time that the municipality has offered, instead of any other."""
    case = await read_case(plan_of(request), now_of(request))
    if case.offered is None:
        raise BookingUnknown
    slot_id, policy = case.offered.slot_id, settings_of(request).policy
    if case.current is None:
        await book(case.plan.id, slot_id, actor=actor_of(request), now=case.now, policy=policy)
    else:
        current = case.current.id
        await move(case.plan.id, current, slot_id, actor=actor_of(request), now=case.now, policy=policy)
    saw(request, "offer_accepted", case.plan.id)
    return RedirectResponse("/kvittering", 303)


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
    for name in ("slot", "moving"):
        visit_of(request).data.pop(name, None)
    return RedirectResponse("/min-tid", 303)


async def _show(request: Request, *, receipt: bool) -> Response:
    spoken = language_of(request)
    view = await _view(request, receipt=receipt)
    values = {
        "title": view.title,
        "view": view,
        "receipt": receipt and view.appointment is not None and view.appointment.live,
        "steps": steps.steps(steps.RECEIPT, spoken) if receipt else (),
        "held": await held_now(request, plan_of(request)),
    }
    return render(request, "my_time.html", values)


async def _view(request: Request, *, receipt: bool) -> MyTime:
    case = await read_case(plan_of(request), now_of(request))
    saw(request, "booking_seen", case.plan.id)
    bookings = await _bookings(case.plan.id)
    offered = next((booking for booking in bookings if booking.state is BookingState.OFFERED), None)
    spoken = language_of(request)
    return my_time(_latest(bookings, case), offered, case.rights.deadline, case.now, spoken, receipt=receipt)


async def _bookings(plan_id: int) -> list[Booking]:
    """The plan's bookings, newest first, each with all that is said of its place."""
    wanted = Booking.filter(plan_id=plan_id).order_by("-created_at", "-id")
    return await wanted.select_related("slot__site__provider", "slot__site__postal_code")


def _latest(bookings: list[Booking], case: Case | None) -> Booking | None:
    """The citizen's current time, or the last that ended; what was moved lives on in the one that took its place."""
    if case is not None and case.current is not None:
        return next(booking for booking in bookings if booking.id == case.current.id)
    over = {BookingState.OFFERED, BookingState.MOVED}
    return next((booking for booking in bookings if booking.state not in over), None)


def _reason(text: str) -> StopReason:
    return next((reason for reason in CITIZEN_REASONS if reason.value == text), StopReason.OPTED_OUT)

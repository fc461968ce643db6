"""The citizen's own time: see it, take it along, move it, cancel it."""

from starlette.requests import Request
from starlette.responses import Response

from matching.booking.errors import BookingUnknown
from matching.cases import Case, read_case
from matching.models import Booking
from matching.states import BookingState
from portal.access import now_of, plan_of, saw, settings_of
from portal.citizen.standing import held_now
from portal.language import language_of
from portal.presenting import steps
from portal.presenting.calendar_file import calendar_file
from portal.presenting.my_time import MyTime, my_time
from portal.rendering import render


async def show(request: Request) -> Response:
    """The time as it stands."""
    return await _show(request, receipt=False)


async def receipt(request: Request) -> Response:
    """The same page right after booking."""
    return await _show(request, receipt=True)


async def calendar(request: Request) -> Response:
    """The calendar file of the time, or of the last one there was: a cancelled entry takes itself away."""
    plan_id = plan_of(request)
    bookings = await bookings_of(plan_id)
    latest = _latest(bookings, await read_case(plan_id, now_of(request)))
    if latest is None:
        raise BookingUnknown
    saw(request, "calendar_file_taken", plan_id)
    by_number = {booking.id: booking for booking in bookings}
    file = calendar_file(latest, by_number, settings_of(request).public_url, now_of(request), language_of(request))
    headers = {"Content-Disposition": 'attachment; filename="genvej.ics"'}
    return Response(file, headers=headers, media_type="text/calendar; charset=utf-8")


async def _show(request: Request, *, receipt: bool) -> Response:
    spoken = language_of(request)
    view = await view_of(request, receipt=receipt)
    values = {
        "title": view.title,
        "view": view,
        "receipt": receipt and view.appointment is not None and view.appointment.live,
        "steps": steps.steps(steps.RECEIPT, spoken) if receipt else (),
        "held": await held_now(request, plan_of(request)),
    }
    return render(request, "my_time.html", values)


async def view_of(request: Request, *, receipt: bool) -> MyTime:
    case = await read_case(plan_of(request), now_of(request))
    saw(request, "booking_seen", case.plan.id)
    bookings = await bookings_of(case.plan.id)
    offered = next((booking for booking in bookings if booking.state is BookingState.OFFERED), None)
    spoken = language_of(request)
    return my_time(_latest(bookings, case), offered, case.rights.deadline, case.now, spoken, receipt=receipt)


async def bookings_of(plan_id: int) -> list[Booking]:
    """The plan's bookings, newest first, each with all that is said of its place."""
    wanted = Booking.filter(plan_id=plan_id).order_by("-created_at", "-id")
    return await wanted.select_related("slot__site__provider", "slot__site__postal_code")


def _latest(bookings: list[Booking], case: Case | None) -> Booking | None:
    """The citizen's current time, or the last that ended; what was moved lives on in the one that took its place."""
    if case is not None and case.current is not None:
        return next(booking for booking in bookings if booking.id == case.current.id)
    over = {BookingState.OFFERED, BookingState.MOVED}
    return next((booking for booking in bookings if booking.state not in over), None)

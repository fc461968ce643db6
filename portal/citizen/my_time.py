"""The citizen's own time: the page that shows it as it stands, right after booking and later."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matching.cases import Case, read_case
from matching.messages import contact_of
from matching.messages.remedies import messages_of
from matching.models import Booking
from matching.states import BookingState
from portal.citizen.standing import held_now
from portal.language import Language, language_of
from portal.presenting import steps
from portal.presenting.bring import bring
from portal.presenting.contact import contact, doctor_words
from portal.presenting.locator import Locator, locator
from portal.presenting.my_time import MyTime, my_time
from portal.rendering import render
from portal.request_facts import now_of, plan_of, saw, settings_of
from portal.settings_messages import channels_of
from providers.surroundings import towns_around


async def show(request: Request) -> Response:
    """The time as it stands."""
    return await _show(request, receipt=False)


async def receipt(request: Request) -> Response:
    """The same page right after booking, or after moving (`flyttet`)."""
    return await _show(request, receipt=True)


async def case_and_bookings(request: Request) -> tuple[Case, list[Booking]]:
    """The visitor's case, and its plan's bookings."""
    case = await read_case(plan_of(request), now_of(request))
    return case, await bookings_of(case.plan.id)


async def bookings_of(plan_id: int) -> list[Booking]:
    """The plan's bookings, newest first, each with all that is said of its place."""
    wanted = Booking.filter(plan_id=plan_id).order_by("-created_at", "-id")
    return await wanted.select_related("slot__site__provider", "slot__site__postal_code")


def latest_of(bookings: list[Booking], case: Case) -> Booking | None:
    """The citizen's current time, or the last that ended; what was moved lives on in the one that took its place."""
    if case.current is not None:
        return next(booking for booking in bookings if booking.id == case.current.id)
    over = {BookingState.OFFERED, BookingState.MOVED}
    return next((booking for booking in bookings if booking.state not in over), None)


def view_of(request: Request, case: Case, bookings: list[Booking], *, receipt: bool) -> MyTime:
    """The page's view of the bookings."""
    saw(request, "booking_seen", case.plan.id)
    offered = next((booking for booking in bookings if booking.state is BookingState.OFFERED), None)
    policy, spoken = settings_of(request).policy, language_of(request)
    latest = latest_of(bookings, case)
    return my_time(latest, offered, case.rights.deadline, case.now, policy, spoken, receipt=receipt)


async def _show(request: Request, *, receipt: bool) -> Response:
    spoken = language_of(request)
    case, bookings = await case_and_bookings(request)
    view = view_of(request, case, bookings, receipt=receipt)
    live = view.appointment is not None and view.appointment.live
    values = {
        "title": spoken.say("Din tid er flyttet") if receipt and _was_moved(request, view) else view.title,
        "view": view,
        "receipt": receipt and live,
        "steps": steps.steps(steps.RECEIPT, spoken) if receipt else (),
        "held": await held_now(request, case.plan.id),
    }
    latest = latest_of(bookings, case)
    around = await _around(request, latest, view, spoken) if latest and live else {}
    return render(request, "my_time.html", values | around)


def _was_moved(request: Request, view: MyTime) -> bool:
    appointment = view.appointment
    certain = appointment is not None and appointment.live and not appointment.waiting
    return certain and request.query_params.get("flyttet") == "ja"


async def _around(request: Request, booking: Booking, view: MyTime, spoken: Language) -> dict[str, Any]:
    """What belongs to a time that is still to come: the drawing, what to bring, and who is told."""
    plan_id, settings = booking.plan_id, settings_of(request)
    told, channels = await messages_of(plan_id), channels_of(settings)
    addresses = await contact_of(plan_id, settings.vault())
    return {
        "locator": await _locator(booking, spoken) if view.appointment and view.appointment.away else None,
        "bring": bring(spoken),
        "contact": contact(addresses, told, channels, spoken),
        "doctor": doctor_words(booking.id, told, channels, spoken),
    }


async def _locator(booking: Booking, spoken: Language) -> Locator | None:
    return locator(await towns_around(booking.slot.site_id), spoken)

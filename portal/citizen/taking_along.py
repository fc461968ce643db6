"""The time to take along: in the calendar, and as a letter."""

from starlette.requests import Request
from starlette.responses import Response

from matching.booking.errors import BookingUnknown
from matching.models import Booking
from portal.citizen.my_time import case_and_bookings, latest_of
from portal.language import language_of
from portal.letters.pdf import render_pdf
from portal.letters.receipt import Receipt, receipt_letter
from portal.presenting.calendar_file import calendar_file
from portal.presenting.my_time import Appointment, appointment_of
from portal.request_facts import now_of, plan_of, saw, settings_of
from providers.clock import local_date


async def calendar(request: Request) -> Response:
    """The calendar file of the time, or of the last one there was: a cancelled entry takes itself away."""
    case, bookings = await case_and_bookings(request)
    latest = latest_of(bookings, case)
    if latest is None:
        raise BookingUnknown
    saw(request, "calendar_file_taken", case.plan.id)
    by_number = {booking.id: booking for booking in bookings}
    file = calendar_file(latest, by_number, settings_of(request).public_url, now_of(request), language_of(request))
    return _attached(file, "genvej.ics", "text/calendar; charset=utf-8")


async def letter(request: Request) -> Response:
    """The time on paper, as a PDF; only for one that is still to come."""
    case, bookings = await case_and_bookings(request)
    latest, spoken = latest_of(bookings, case), language_of(request)
    policy = settings_of(request).policy
    view = appointment_of(latest, case.rights.deadline, case.now, policy, spoken) if latest else None
    if latest is None or view is None or not view.live:
        raise BookingUnknown
    saw(request, "receipt_taken", plan_of(request))
    return _attached(
        await render_pdf(receipt_letter(_receipt(request, latest, view), spoken)), "genvej.pdf", "application/pdf"
    )


def _receipt(request: Request, booking: Booking, view: Appointment) -> Receipt:
    settings, rows = settings_of(request), {row.label: row for row in view.rows}
    form = rows[language_of(request).say("Form")].value
    return Receipt(
        title=view.status.rstrip("."),
        number=view.number,
        when=view.when,
        form=form,
        place=booking.slot.site.name,
        address=view.about.address,
        facts=view.about.facts,
        phone=view.about.phone.label if view.about.phone else "",
        changeable_until=view.until if view.changeable else "",
        written_on=local_date(now_of(request)),
        public_url=settings.public_url,
        help_phone=settings.help_phone,
    )


def _attached(file: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file, headers=headers, media_type=media_type)

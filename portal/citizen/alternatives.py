"""What is offered to somebody whose time was taken by another while they chose."""

from collections.abc import Sequence

from starlette.requests import Request

from matching.booking.errors import AlreadyBooked, BookingError
from matching.cases import Case
from matching.finding import Search, find
from matching.finding.seats import Seat
from matching.finding.terms import PlanNotReady, terms_of_case
from matching.trips import point_of
from portal.language import language_of
from portal.presenting.instead import Instead, instead
from portal.request_facts import settings_of
from providers.errors import GenvejError
from providers.models import Slot

_SITES = 3


async def alternatives(
    request: Request, case: Case, lost: Slot | None, error: GenvejError | None, seats: Sequence[Seat]
) -> Instead | None:
    """None where nothing was lost. Other sites are the nearest to this one; only what can be chosen at once."""
    if lost is None or not isinstance(error, BookingError) or isinstance(error, AlreadyBooked):
        return None
    try:
        terms = terms_of_case(case, settings_of(request).policy)
    except PlanNotReady:
        return None
    origin = await point_of(lost.site_id)
    page = await find(Search(terms, origin, None, _SITES + 1)) if origin else None
    others = [match for match in page.items if match.site_id != lost.site_id][:_SITES] if page else []
    open_seats = [seat for seat in seats if seat.basis in case.rights.open_bases]
    return instead(lost.starts_at, open_seats, others, language_of(request))

"""The clinic's room: sites, approvals, free times, and who comes. How a page is added: `portal/rooms.py`."""

from portal.access import Audience, GuardedRoute, page
from portal.clinic import course_routes, front, place_routes, times_routes
from providers.roles import Permission

_STAFF = Audience.STAFF

ROUTES: list[GuardedRoute] = [
    page("/klinik", front.front, audience=_STAFF, name="clinic", permission=Permission.SEE_BOOKINGS),
    *place_routes.ROUTES,
    *course_routes.ROUTES,
    *times_routes.ROUTES,
]

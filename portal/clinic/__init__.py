"""The clinic's room: sites, approvals, free times, and who comes. How a page is added: `portal/rooms.py`."""

from portal.access import GuardedRoute
from portal.clinic import course_routes, front, site_routes, times_routes
from portal.staff_routes import staff_page
from providers.roles import Permission

ROUTES: list[GuardedRoute] = [
    staff_page("/klinik", front.front, "clinic", Permission.SEE_BOOKINGS),
    *site_routes.ROUTES,
    *course_routes.ROUTES,
    *times_routes.ROUTES,
]

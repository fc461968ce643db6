"""The operator's room: accounts and the machine itself. How a page is added: `portal/rooms.py`."""

from portal.access import GuardedRoute
from portal.operating import front
from portal.staff_routes import staff_page
from providers.roles import Permission

ROUTES: list[GuardedRoute] = [
    staff_page("/drift", front.front, "operating", Permission.OPERATE),
]

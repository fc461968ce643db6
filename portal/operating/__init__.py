"""The operator's room: accounts and the machine itself. How a page is added: `portal/rooms.py`."""

from portal.access import Audience, GuardedRoute, page
from portal.operating import front
from providers.roles import Permission

_STAFF = Audience.STAFF

ROUTES: list[GuardedRoute] = [
    page("/drift", front.front, audience=_STAFF, name="operating", permission=Permission.OPERATE),
]

"""The municipality's room: its cases from the hospital's plan to the end. How a page is added: `portal/rooms.py`."""

from portal.access import Audience, GuardedRoute, page
from portal.municipality import front
from providers.roles import Permission

_STAFF = Audience.STAFF

ROUTES: list[GuardedRoute] = [
    page("/kommune", front.front, audience=_STAFF, name="municipality", permission=Permission.SEE_CASE),
]

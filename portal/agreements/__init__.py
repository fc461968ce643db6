"""The approver's room: what clinics apply for, and what becomes of it. How a page is added: `portal/rooms.py`."""

from portal.access import Audience, GuardedRoute, page
from portal.agreements import front
from providers.roles import Permission

_STAFF = Audience.STAFF

ROUTES: list[GuardedRoute] = [
    page("/aftaler", front.front, audience=_STAFF, name="agreements", permission=Permission.APPROVE_SITE),
]

"""The room of those who keep the portal running, `/drift`. No citizen is ever seen here."""

from datetime import datetime
from functools import partial

from portal.rooms import MEMBERS, Counts, Room, Tab, show_in
from providers.accounts import StaffMember
from providers.roles import Permission
from providers.words import N_


async def _counts(member: StaffMember, now: datetime) -> Counts:
    return {}


ROOM = Room(N_("Drift"), "/drift", (Tab(N_("Overblik"), "/drift", Permission.OPERATE), MEMBERS), _counts)

show = partial(show_in, ROOM)
"""`await show(request, "operating/….html", values)`: a page of this room."""

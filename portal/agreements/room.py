"""The room of the national agreement, `/aftaler`: who may deliver what. No citizen is ever seen here."""

from datetime import datetime
from functools import partial

from portal.rooms import Counts, Room, Tab, show_in
from providers.accounts import StaffMember
from providers.approvals import approvals_by_state
from providers.models import ApprovalState
from providers.roles import Permission
from providers.words import N_


async def _counts(member: StaffMember, now: datetime) -> Counts:
    return {"/aftaler": (await approvals_by_state())[ApprovalState.APPLIED]}


ROOM = Room(
    N_("Aftaler og godkendelser"),
    "/aftaler",
    (
        Tab(N_("Ansøgninger"), "/aftaler", Permission.APPROVE_SITE),
        Tab(N_("Udløber snart"), "/aftaler/udloeber", Permission.APPROVE_SITE),
        Tab(N_("Ikke bekræftet"), "/aftaler/glemte", Permission.SUPERVISE),
        Tab(N_("Autorisationer"), "/aftaler/autorisationer", Permission.SUPERVISE),
        Tab(N_("Steder"), "/aftaler/steder", Permission.SUPERVISE),
        Tab(N_("Lister"), "/aftaler/filer", Permission.APPROVE_SITE),
    ),
    _counts,
)

show = partial(show_in, ROOM)
"""`await show(request, "agreements/….html", values)`: a page of this room."""

"""The room of those who deliver, `/klinik`: private clinics and the municipalities' own institutions alike."""

from datetime import datetime
from functools import partial

from matching.calling import count_waiting
from matching.course.reading import new_bookings
from portal.rooms import KEYS, MEMBERS, Counts, Room, Tab, show_in
from providers.accounts import StaffMember
from providers.approving import returned_to
from providers.roles import Permission
from providers.words import N_


async def _counts(member: StaffMember, now: datetime) -> Counts:
    plans, answers = member.may(Permission.KEEP_CAPACITY), member.may(Permission.ANSWER_BOOKING)
    return {
        "/klinik/opkald": await count_waiting(member.post.provider or 0) if answers else 0,
        "/klinik/forloeb": await new_bookings(member.post.scope),
        "/klinik/godkendelser": await returned_to(member.post.provider or 0) if plans else 0,
    }


ROOM = Room(
    N_("Klinikken"),
    "/klinik",
    (
        Tab(N_("Overblik"), "/klinik", Permission.SEE_BOOKINGS),
        Tab(N_("I dag"), "/klinik/i-dag", Permission.SEE_BOOKINGS),
        Tab(N_("Forløb"), "/klinik/forloeb", Permission.SEE_BOOKINGS),
        Tab(N_("Opkald"), "/klinik/opkald", Permission.ANSWER_BOOKING),
        Tab(N_("Ikke meddelt"), "/klinik/ikke-meddelt", Permission.SEE_BOOKINGS),
        Tab(N_("Tider"), "/klinik/tider", Permission.KEEP_CAPACITY),
        Tab(N_("Steder"), "/klinik/steder", Permission.KEEP_CAPACITY),
        Tab(N_("Godkendelser"), "/klinik/godkendelser", Permission.KEEP_CAPACITY),
        KEYS,
        MEMBERS,
    ),
    _counts,
)

show = partial(show_in, ROOM)
"""`await show(request, "clinic/….html", values)`: a page of this room."""

"""The municipality's room, `/kommune`: who has a case there, sees it here."""

from datetime import datetime
from functools import partial
from typing import cast

from matching.intake.listing import unread_count
from matching.messages.waiting_letters import waiting_count
from matching.reports.overseeing import failed_reports
from matching.requests import waiting_requests
from matching.worklists import urgent_count
from portal.rooms import KEYS, MEMBERS, Counts, Room, Tab, show_in
from providers.accounts import StaffMember
from providers.roles import Permission
from providers.words import N_


async def _counts(member: StaffMember, now: datetime) -> Counts:
    return {
        "/kommune/planer/ind": await unread_count() if member.may(Permission.IMPORT_PLANS) else 0,
        "/kommune/opgaver": await urgent_count(cast(str, member.post.municipality), now=now),
        "/kommune/anmodninger": await waiting_requests() if member.may(Permission.ANSWER_REQUEST) else 0,
        "/kommune/breve": await waiting_count(cast(str, member.post.municipality)),
        "/kommune/rapporter": await failed_reports(cast(str, member.post.municipality)),
    }


ROOM = Room(
    N_("Kommunen"),
    "/kommune",
    (
        Tab(N_("Overblik"), "/kommune", Permission.SEE_CASE),
        Tab(N_("Opgaver"), "/kommune/opgaver", Permission.SEE_CASE, below="/kommune/sager"),
        Tab(N_("Planer ind"), "/kommune/planer/ind", Permission.IMPORT_PLANS),
        Tab(N_("Anmodninger"), "/kommune/anmodninger", Permission.ANSWER_REQUEST),
        Tab(N_("Breve"), "/kommune/breve", Permission.ISSUE_CODE),
        Tab(N_("Tal"), "/kommune/tal", Permission.SEE_FIGURES),
        Tab(N_("Rapporter"), "/kommune/rapporter", Permission.REPORT_OUTBOX),
        Tab(N_("Kanaler"), "/kommune/kanaler", Permission.REPORT_CHANNELS),
        Tab(N_("Standard"), "/kommune/standard", Permission.EDIT_STANDARD),
        Tab(N_("Afregning"), "/kommune/afregning", Permission.SETTLE),
        Tab(N_("Opslag"), "/kommune/opslag", Permission.SEARCH_AUDIT),
        Tab(N_("Opbevaring"), "/kommune/opbevaring", Permission.PROTECT_DATA),
        KEYS,
        MEMBERS,
    ),
    _counts,
)

show = partial(show_in, ROOM)
"""`await show(request, "municipality/….html", values)`: a page of this room."""

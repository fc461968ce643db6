"""What each role may do, where it belongs and how long its visits last: one table, and nothing else decides it.

Citizens are seen by the municipality that answers for them and by the clinic that treats them, so neither the
approver nor the operator has any permission of `SHOWS_CITIZENS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    VISITATOR = "visitator"
    MANAGER = "manager"
    CLINIC_OWNER = "clinic_owner"
    PLANNER = "planner"
    THERAPIST = "therapist"
    APPROVER = "approver"
    OPERATOR = "operator"


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    PROVIDER = "provider"
    NONE = "none"


class Permission(StrEnum):
    """What a route may ask for. Which objects it is good for, the organisation says.

    ASSESS_PLAN: package, level, offer or none in time, corrected dates, hand on, stop. ISSUE_CODE: letters as well.
    ANSWER_REQUEST: for the municipality, whether another one's citizen can come to an institution of its own;
    ANSWER_BOOKING: for whoever delivers, also call-backs and what cannot be received. REPORT_OUTBOX: see, send again,
    drop. REPORT_CHANNELS: where a municipality's reports go. PROTECT_DATA: how long is kept what, and a citizen's data
    handed out or deleted. MANAGE_KEYS: the keys of the organisation's own programs. KEEP_CAPACITY: patterns, closures,
    "ill today", overbooking, imports of times.
    MANAGE_MEMBERS: invite, take a post away, let somebody begin anew who has lost password or app.
    """

    SEE_CASE = "see_case"
    IMPORT_PLANS = "import_plans"
    ASSESS_PLAN = "assess_plan"
    ISSUE_CODE = "issue_code"
    BOOK_FOR_CITIZEN = "book_for_citizen"
    ANSWER_REQUEST = "answer_request"
    REPORT_OUTBOX = "report_outbox"
    REPORT_CHANNELS = "report_channels"
    SEARCH_AUDIT = "search_audit"
    SETTLE = "settle"
    SEE_FIGURES = "see_figures"
    EDIT_STANDARD = "edit_standard"
    PROTECT_DATA = "protect_data"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_KEYS = "manage_keys"
    EDIT_SITE = "edit_site"
    APPLY_FOR_APPROVAL = "apply_for_approval"
    KEEP_CAPACITY = "keep_capacity"
    SEE_BOOKINGS = "see_bookings"
    ANSWER_BOOKING = "answer_booking"
    RECORD_COURSE = "record_course"
    APPROVE_SITE = "approve_site"
    SUPERVISE = "supervise"
    OPERATE = "operate"


def _may(*permissions: Permission) -> frozenset[Permission]:
    return frozenset(permissions)


SHOWS_CITIZENS = _may(
    Permission.SEE_CASE,
    Permission.IMPORT_PLANS,
    Permission.ASSESS_PLAN,
    Permission.ISSUE_CODE,
    Permission.BOOK_FOR_CITIZEN,
    Permission.ANSWER_REQUEST,
    Permission.REPORT_OUTBOX,
    Permission.SEARCH_AUDIT,
    Permission.SETTLE,
    Permission.PROTECT_DATA,
    Permission.SEE_BOOKINGS,
    Permission.ANSWER_BOOKING,
    Permission.RECORD_COURSE,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """`appoints`: the roles that this one may give and take. A visit ends after `idle`, and after `absolute`."""

    organisation: OrganisationKind
    permissions: frozenset[Permission]
    appoints: frozenset[Role] = frozenset()
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)


ROLES: Mapping[Role, Terms] = {
    Role.VISITATOR: Terms(
        OrganisationKind.MUNICIPALITY,
        _may(
            Permission.SEE_CASE,
            Permission.IMPORT_PLANS,
            Permission.ASSESS_PLAN,
            Permission.ISSUE_CODE,
            Permission.BOOK_FOR_CITIZEN,
            Permission.ANSWER_REQUEST,
            Permission.REPORT_OUTBOX,
            Permission.SEE_FIGURES,
        ),
    ),
    Role.MANAGER: Terms(
        OrganisationKind.MUNICIPALITY,
        _may(
            Permission.SEE_CASE,
            Permission.REPORT_OUTBOX,
            Permission.REPORT_CHANNELS,
            Permission.SEARCH_AUDIT,
            Permission.SETTLE,
            Permission.SEE_FIGURES,
            Permission.EDIT_STANDARD,
            Permission.PROTECT_DATA,
            Permission.MANAGE_MEMBERS,
            Permission.MANAGE_KEYS,
        ),
        appoints=frozenset({Role.VISITATOR, Role.MANAGER}),
    ),
    Role.CLINIC_OWNER: Terms(
        OrganisationKind.PROVIDER,
        _may(
            Permission.MANAGE_MEMBERS,
            Permission.MANAGE_KEYS,
            Permission.EDIT_SITE,
            Permission.APPLY_FOR_APPROVAL,
            Permission.KEEP_CAPACITY,
            Permission.SEE_BOOKINGS,
            Permission.ANSWER_BOOKING,
            Permission.RECORD_COURSE,
        ),
        appoints=frozenset({Role.CLINIC_OWNER, Role.PLANNER, Role.THERAPIST}),
    ),
    Role.PLANNER: Terms(
        OrganisationKind.PROVIDER,
        _may(Permission.KEEP_CAPACITY, Permission.SEE_BOOKINGS, Permission.ANSWER_BOOKING),
    ),
    # Treatment rooms have shared computers, so a therapist's visit rests for a shorter time.
    Role.THERAPIST: Terms(
        OrganisationKind.PROVIDER,
        _may(Permission.SEE_BOOKINGS, Permission.RECORD_COURSE),
        idle=timedelta(minutes=15),
    ),
    Role.APPROVER: Terms(OrganisationKind.NONE, _may(Permission.APPROVE_SITE, Permission.SUPERVISE)),
    Role.OPERATOR: Terms(
        OrganisationKind.NONE,
        _may(Permission.OPERATE, Permission.MANAGE_MEMBERS),
        appoints=frozenset({Role.MANAGER, Role.CLINIC_OWNER, Role.APPROVER, Role.OPERATOR}),
        idle=timedelta(minutes=15),
        absolute=timedelta(hours=4),
    ),
}

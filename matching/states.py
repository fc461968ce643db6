"""The states of a plan and of a booking, and the one table of steps between them.

A state is what somebody did. Offered, choice open, code active, informed, deferred and declined are computed from
dates and rows, and are never states of a plan.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from matching.national_codes import NoActivityReason, StopReason
from providers.errors import GenvejError
from providers.words import N_

__all__ = [
    "BOOKING_BEGINS",
    "BOOKING_STEPS",
    "CURRENT",
    "PLAN_BEGINS",
    "PLAN_STEPS",
    "SEATED",
    "STOPPING",
    "BookingState",
    "IllegalTransition",
    "NoActivityReason",
    "PlanState",
    "StopReason",
    "StopReasonMissing",
    "StopReasonNotAllowed",
    "check_stop_reason",
    "check_transition",
]


class PlanState(StrEnum):
    RECEIVED = "received"
    ASSESSED = "assessed"
    BOOKED = "booked"
    STARTED = "started"
    COMPLETED = "completed"
    STOPPED = "stopped"
    ERROR = "error"
    HANDED_BACK = "handed_back"


class BookingState(StrEnum):
    OFFERED = "offered"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    STARTED = "started"
    COMPLETED = "completed"
    REFUSED = "refused"
    CANNOT_RECEIVE = "cannot_receive"
    CANCELLED_BY_CITIZEN = "cancelled_by_citizen"
    CANCELLED_BY_PROVIDER = "cancelled_by_provider"
    MOVED = "moved"
    NO_SHOW = "no_show"


P, B = PlanState, BookingState
S = TypeVar("S", PlanState, BookingState)

PLAN_BEGINS = frozenset({P.RECEIVED})
"""How a plan may begin: the hospital's message has arrived, nobody has looked at it."""

PLAN_STEPS: Mapping[PlanState, frozenset[PlanState]] = MappingProxyType(
    {
        P.RECEIVED: frozenset({P.ASSESSED, P.STOPPED, P.ERROR}),
        P.ASSESSED: frozenset({P.BOOKED, P.HANDED_BACK, P.STOPPED, P.ERROR}),
        # Back to assessed: the booking ended before it began, and no other has taken its place.
        P.BOOKED: frozenset({P.ASSESSED, P.STARTED, P.HANDED_BACK, P.STOPPED, P.ERROR}),
        P.STARTED: frozenset({P.COMPLETED, P.HANDED_BACK, P.STOPPED, P.ERROR}),
        P.HANDED_BACK: frozenset({P.ASSESSED, P.STOPPED, P.ERROR}),
        P.COMPLETED: frozenset(),
        P.STOPPED: frozenset(),
        P.ERROR: frozenset(),
    }
)

BOOKING_BEGINS = frozenset({B.OFFERED, B.REQUESTED, B.CONFIRMED})
"""How a booking may begin: the municipality offers; the citizen asks another municipality, or books."""

BOOKING_STEPS: Mapping[BookingState, frozenset[BookingState]] = MappingProxyType(
    {
        # Declined = cancelled by the citizen; moved = another choice took its place.
        B.OFFERED: frozenset({B.CONFIRMED, B.CANCELLED_BY_CITIZEN, B.CANCELLED_BY_PROVIDER, B.MOVED, B.NO_SHOW}),
        B.REQUESTED: frozenset({B.CONFIRMED, B.REFUSED, B.CANCELLED_BY_CITIZEN, B.CANCELLED_BY_PROVIDER, B.MOVED}),
        B.CONFIRMED: frozenset(
            {B.STARTED, B.CANNOT_RECEIVE, B.CANCELLED_BY_CITIZEN, B.CANCELLED_BY_PROVIDER, B.MOVED, B.NO_SHOW}
        ),
        B.STARTED: frozenset({B.COMPLETED, B.CANCELLED_BY_CITIZEN, B.CANCELLED_BY_PROVIDER}),
        B.COMPLETED: frozenset(),
        B.REFUSED: frozenset(),
        B.CANNOT_RECEIVE: frozenset(),
        B.CANCELLED_BY_CITIZEN: frozenset(),
        B.CANCELLED_BY_PROVIDER: frozenset(),
        B.MOVED: frozenset(),
        B.NO_SHOW: frozenset(),
    }
)

SEATED = frozenset({B.OFFERED, B.REQUESTED, B.CONFIRMED, B.STARTED, B.COMPLETED, B.NO_SHOW})
"""The bookings that hold a seat: it will be used, or it was used or wasted."""

CURRENT = frozenset({B.REQUESTED, B.CONFIRMED, B.STARTED})
"""The citizen's choice: at most one of these for each plan."""

STOPPING: frozenset[PlanState | BookingState] = frozenset({P.STOPPED, B.CANCELLED_BY_CITIZEN, B.CANCELLED_BY_PROVIDER})
"""The states that end a course early, which the national report wants a reason for."""


class IllegalTransition(GenvejError):
    code = "illegal_transition"
    message = N_("Det kan ikke lade sig gøre, som sagen står nu. Genindlæs siden, og se, hvad der er sket.")


class StopReasonMissing(GenvejError):
    code = "stop_reason_missing"
    message = N_("Vælg en årsag til, at forløbet stopper.")


class StopReasonNotAllowed(GenvejError):
    code = "stop_reason_not_allowed"
    message = N_("En årsag til stop kan kun angives, når forløbet stoppes eller aflyses.")


def check_transition(current: S, target: S) -> None:
    """Raise IllegalTransition unless the table has the step; staying in a state is no step."""
    steps: Mapping[PlanState, frozenset[PlanState]] | Mapping[BookingState, frozenset[BookingState]]
    steps = PLAN_STEPS if isinstance(current, PlanState) else BOOKING_STEPS
    # The two machines share words ("started"), and equal words are equal keys: so the types are compared as well.
    if type(target) is not type(current) or target not in steps[current]:
        raise IllegalTransition(current=current.value, target=target.value)


def check_stop_reason(target: PlanState | BookingState, reason: StopReason | None) -> None:
    """A reason stands if and only if the course is stopped or cancelled.

    Raises StopReasonMissing or StopReasonNotAllowed. Source: invariant `klgateway-140-care-plan-1`.
    """
    if target in STOPPING and reason is None:
        raise StopReasonMissing(target=target.value)
    if target not in STOPPING and reason is not None:
        raise StopReasonNotAllowed(target=target.value)

"""Operations for whoever looks for a place, with a code or without, and books it."""

from typing import Any

from matching.booking.errors import (
    AlreadyBooked,
    BookingUnknown,
    ChangeTooLate,
    GuaranteeLossNotAccepted,
    IdempotencyKeyReused,
    SlotNotBookable,
    SlotTaken,
    TimePassed,
)
from matching.finding.contradictions import WishesContradict
from matching.finding.terms import PlanElsewhere, PlanNotReady
from matching.states import IllegalTransition
from portal.api import examples
from portal.api.answers import BookingAnswer, Matches
from portal.api.bookings import delete_booking, get_booking, move_booking, post_booking
from portal.api.credentials import Needs
from portal.api.match_question import MatchQuestion
from portal.api.matches import get_matches
from portal.api.operation import Operation
from portal.api.questions import BookingQuestion, MoveQuestion, Nothing
from portal.cursors import CursorInvalid
from providers.errors import Busy
from providers.geography import OutsideDenmark

_CHOOSING = (GuaranteeLossNotAccepted, IllegalTransition, PlanElsewhere, PlanNotReady, SlotNotBookable, SlotTaken, Busy)

CHOOSING: tuple[Operation[Any], ...] = (
    Operation(
        method="GET",
        path="/api/v1/matches",
        name="findMatches",
        summary="Sites that can deliver exactly one package and level, the nearest or the soonest first",
        description="By `package`, `level` and a place: everything there is. By forløbskode: what that plan's citizen "
        "may choose today.",
        question=MatchQuestion,
        endpoint=get_matches,
        answer=Matches,
        example=examples.MATCHES,
        needs=Needs.PERHAPS_CODE,
        errors=(CursorInvalid, OutsideDenmark, PlanElsewhere, PlanNotReady, WishesContradict),
    ),
    Operation(
        method="POST",
        path="/api/v1/bookings",
        name="book",
        summary="Book a time",
        description="At another municipality's site it is a request, which that municipality must answer.",
        question=BookingQuestion,
        endpoint=post_booking,
        answer=BookingAnswer,
        example=examples.BOOKING,
        status=201,
        needs=Needs.CODE_AND_FACTOR,
        keyed=True,
        errors=(AlreadyBooked, IdempotencyKeyReused, *_CHOOSING),
    ),
    Operation(
        method="GET",
        path="/api/v1/bookings/{booking_id}",
        name="readBooking",
        summary="One of the citizen's bookings, whatever became of it",
        question=Nothing,
        endpoint=get_booking,
        answer=BookingAnswer,
        example=examples.BOOKING,
        needs=Needs.CODE_AND_FACTOR,
        errors=(BookingUnknown,),
    ),
    Operation(
        method="DELETE",
        path="/api/v1/bookings/{booking_id}",
        name="cancelBooking",
        summary="Cancel a booking; a second time changes nothing",
        question=Nothing,
        endpoint=delete_booking,
        answer=BookingAnswer,
        example=examples.CANCELLED,
        needs=Needs.CODE_AND_FACTOR,
        errors=(BookingUnknown, ChangeTooLate, TimePassed, IllegalTransition, Busy),
    ),
    Operation(
        method="POST",
        path="/api/v1/bookings/{booking_id}/move",
        name="moveBooking",
        summary="Exchange a booking for another time",
        description="The old time is kept when the new one is not to be had. Else it is given up, also when another "
        "municipality still has to say yes. The answer is the new booking.",
        question=MoveQuestion,
        endpoint=move_booking,
        answer=BookingAnswer,
        example=examples.BOOKING,
        needs=Needs.CODE_AND_FACTOR,
        errors=(BookingUnknown, ChangeTooLate, TimePassed, *_CHOOSING),
    ),
)

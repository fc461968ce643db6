"""Every operation of the API, in the order of the paths. The routes and the documentation are made from this."""

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
from matching.capacity.errors import MinuteReserved, PatternsStand, PlaceUnknown, TimesChanged, TimesTooMany
from matching.capacity.window import MOST
from matching.finding.contradictions import WishesContradict
from matching.finding.terms import PlanElsewhere, PlanNotReady
from matching.intake.reading import LARGEST as LARGEST_PLANS
from matching.states import IllegalTransition
from portal.api import examples, inbound, plans
from portal.api.answers import BookingAnswer, Matches, Packages, PostalCodes
from portal.api.bookings import delete_booking, get_booking, move_booking, post_booking
from portal.api.credentials import Needs
from portal.api.errors import BodyNotJson
from portal.api.feed import get_reports, post_acknowledgements
from portal.api.feed_question import Acknowledged, AcknowledgementQuestion, FeedQuestion, ReportFeed
from portal.api.figures import FigureUnknown, OpenFigures, get_figure_file, get_figures
from portal.api.inbound import Received, post_inbound
from portal.api.match_question import MatchQuestion
from portal.api.matches import get_matches
from portal.api.operation import Operation
from portal.api.plans import PlansTaken, PlansUnreadable, post_plans
from portal.api.questions import BookingQuestion, MoveQuestion, Nothing, PostalCodeQuestion
from portal.api.reference import get_packages, get_postal_codes
from portal.api.slots import LARGEST as LARGEST_WINDOW
from portal.api.slots import PreconditionNeeded, SlotsStand, get_slots, put_slots
from portal.api.slots_question import SlotWindow, WindowQuestion, WindowReplaced, WindowSent
from portal.cursors import CursorInvalid
from portal.presenting.spreadsheets import MEDIA_TYPE
from providers.api_keys import KeyScopeMissing
from providers.errors import Busy
from providers.geography import OutsideDenmark
from providers.models import ApiScope

_CHOOSING = (GuaranteeLossNotAccepted, IllegalTransition, PlanElsewhere, PlanNotReady, SlotNotBookable, SlotTaken, Busy)

OPERATIONS: tuple[Operation[Any], ...] = (
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
    Operation(
        method="GET",
        path="/api/v1/packages",
        name="listPackages",
        summary="The packages that a plan may name",
        question=Nothing,
        endpoint=get_packages,
        answer=Packages,
        example=examples.PACKAGES,
        kept=True,
    ),
    Operation(
        method="GET",
        path="/api/v1/figures",
        name="readFigures",
        summary="How quickly training begins and how the choice is used, by municipality, month and package",
        description="Day 0 is the discharge, or the later start that the plan asks for on health grounds; in time is "
        "within seven days.",
        question=Nothing,
        endpoint=get_figures,
        answer=OpenFigures,
        example=examples.FIGURES,
        kept=True,
    ),
    Operation(
        method="GET",
        path="/api/v1/figures/{name}.csv",
        name="readFigureFile",
        summary="One of the tables as a file for spreadsheets",
        description="UTF-8 with a byte order mark, semicolons, every cell in quotation marks; hidden cells are empty. "
        "The last line has the sums.",
        question=Nothing,
        endpoint=get_figure_file,
        answer=str,
        example=examples.FIGURE_FILE,
        sends=MEDIA_TYPE,
        errors=(FigureUnknown,),
    ),
    Operation(
        method="GET",
        path="/api/v1/postal-codes",
        name="findPostalCodes",
        summary="Postal codes by the beginning of their number or name",
        question=PostalCodeQuestion,
        endpoint=get_postal_codes,
        answer=PostalCodes,
        example=examples.POSTAL_CODES,
        kept=True,
    ),
    Operation(
        method="GET",
        path="/api/v1/reports",
        name="fetchReports",
        summary="The reports of a municipality that has no address of its own for them",
        description="In order for each case, and again until they are acknowledged. Ask with the answer's `after` for "
        "what is new, and with 0 after a fault of yours. A report that somebody sends again comes anew at the end.",
        question=FeedQuestion,
        endpoint=get_reports,
        answer=ReportFeed,
        example=examples.REPORTS,
        needs=Needs.KEY,
        scope=ApiScope.REPORTS,
        errors=(Busy,),
    ),
    Operation(
        method="POST",
        path="/api/v1/reports/acknowledgements",
        name="acknowledgeReports",
        summary="Say that reports have been fetched, or cannot be used",
        question=AcknowledgementQuestion,
        endpoint=post_acknowledgements,
        answer=Acknowledged,
        example=examples.ACKNOWLEDGED,
        needs=Needs.KEY,
        scope=ApiScope.REPORTS,
        errors=(Busy,),
    ),
    Operation(
        method="POST",
        path="/api/v1/plans",
        name="sendPlans",
        summary="Hand on the hospitals' plans: GGOP, FHIR or CSV",
        description="Each plan is taken in once under its message id, however often it is sent. The answer says what "
        "became of each; one that failed waits for a caseworker. A message without any plan is refused and not kept.",
        question=Nothing,
        endpoint=post_plans,
        answer=PlansTaken,
        example=examples.PLANS_TAKEN,
        needs=Needs.KEY,
        scope=ApiScope.PLANS,
        takes=plans.TYPES,
        wrong_type=plans.PlanTypeWrong,
        largest_body=LARGEST_PLANS,
        errors=(PlansUnreadable, Busy),
    ),
    Operation(
        method="POST",
        path="/api/v1/inbound",
        name="sendAnswer",
        summary="Answer a report, with MedCom's acknowledgement or a message in its thread; or send plans anew",
        description="The message is kept word for word and answered, and then acted on; the same again changes "
        "nothing. What cannot be acted on is kept with a note. Plans, as FHIR, need the scope `plans` as well.",
        question=Nothing,
        endpoint=post_inbound,
        answer=Received,
        example=examples.RECEIVED,
        status=202,
        needs=Needs.KEY,
        scope=ApiScope.REPORTS,
        takes=inbound.TYPES,
        wrong_type=inbound.MessageTypeWrong,
        largest_body=inbound.LARGEST,
        message="To a CareCommunication: MedCom's Acknowledgement, `ok`, `transient-error` or `fatal-error`.",
        errors=(BodyNotJson, KeyScopeMissing, Busy),
    ),
    Operation(
        method="GET",
        path="/api/v1/sites/{site_id}/slots",
        name="fetchSlots",
        summary="A provider's own site: every time of a window of days, with who is in it counted",
        question=WindowQuestion,
        endpoint=get_slots,
        answer=SlotWindow,
        example=examples.SLOTS,
        needs=Needs.KEY,
        scope=ApiScope.SLOTS,
        kept=True,
        errors=(PlaceUnknown,),
    ),
    Operation(
        method="PUT",
        path="/api/v1/sites/{site_id}/slots",
        name="replaceSlots",
        summary="Replace every time of a window of days, all or nothing",
        description="Ask for the window first, and send its ETag in `If-Match`. What is sent is what there is "
        "afterwards: a time that stays keeps its `slot_id`, what is left out goes. A time that somebody has must be "
        f"among them, with as many seats. At most {MOST} times.",
        question=WindowSent,
        endpoint=put_slots,
        answer=WindowReplaced,
        example=examples.REPLACED,
        needs=Needs.KEY,
        scope=ApiScope.SLOTS,
        address=WindowQuestion,
        guarded=True,
        largest_body=LARGEST_WINDOW,
        errors=(
            *(PlaceUnknown, PreconditionNeeded, TimesChanged, SlotsStand, PatternsStand),
            *(MinuteReserved, TimesTooMany, Busy),
        ),
    ),
)

"""Operations for the programs of municipalities and providers, each with a key of its own."""

from typing import Any

from matching.capacity.errors import MinuteReserved, OwnSiteUnknown, PatternsStand, TimesChanged, TimesTooMany
from matching.capacity.window import MOST
from matching.intake.reading import LARGEST as LARGEST_PLANS
from portal.api import examples, inbound, plans
from portal.api.credentials import Needs
from portal.api.errors import BodyNotJson
from portal.api.feed import get_reports, post_acknowledgements
from portal.api.feed_question import Acknowledged, AcknowledgementQuestion, FeedQuestion, ReportFeed
from portal.api.inbound import Received, post_inbound
from portal.api.operation import Operation
from portal.api.plans import PlansTaken, PlansUnreadable, post_plans
from portal.api.questions import Nothing
from portal.api.slots import LARGEST as LARGEST_WINDOW
from portal.api.slots import PreconditionNeeded, SlotsStand, get_slots, put_slots
from portal.api.slots_question import SlotWindow, WindowQuestion, WindowReplaced, WindowSent
from providers.api_keys import KeyScopeMissing
from providers.errors import Busy
from providers.models import ApiScope

KEYED: tuple[Operation[Any], ...] = (
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
        errors=(OwnSiteUnknown,),
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
            *(OwnSiteUnknown, PreconditionNeeded, TimesChanged, SlotsStand, PatternsStand),
            *(MinuteReserved, TimesTooMany, Busy),
        ),
    ),
)

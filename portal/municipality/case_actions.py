"""What the municipality's staff do on a case's page. What cannot be done is said there, with everything that was typed.

Somebody else may have been at the case meanwhile: then nothing is saved, and the page shows what is new.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.cases import PlanUnknown, plan_in_scope
from matching.casework import assess, cannot_offer, correct_days, hand_on, offer, stop, take_back, withdraw_offer
from matching.casework.errors import AssessmentIncomplete, CaseChanged, DayImpossible, MunicipalityMissing, SiteNotOurs
from matching.informing.telling import NothingTold
from matching.states import StopReasonMissing
from portal.admission import member_of
from portal.days_typed import DayUnreadable, typed_day
from portal.municipality.case_forms import DischargeMissing, Sent, assessment_of, sent_of, stop_reason_of
from portal.municipality.case_page import case_page
from portal.municipality.case_times import NoTimeChosen, times_page
from portal.reading import whole_number
from portal.request_facts import actor_of, now_of, settings_of
from portal.statuses import status_of
from portal.telling import tell
from providers.errors import GenvejError
from providers.words import N_

Act = Callable[[Request, int, Sent], Awaitable[object]]

_FIELD: dict[type[GenvejError], str] = {
    AssessmentIncomplete: "forloebspakke",
    SiteNotOurs: "referencested",
    DayImpossible: "udskrevet",
    DischargeMissing: "udskrevet",
    DayUnreadable: "udskrevet",
    StopReasonMissing: "aarsag",
    MunicipalityMissing: "kommune",
    NoTimeChosen: "tid-1",
    NothingTold: "fortalt",
}


async def save_assessment(request: Request) -> Response:
    return await done(request, "visiter", _assess, N_("Visitationen er gemt."))


async def save_days(request: Request) -> Response:
    return await done(request, "datoer", _correct, N_("Datoerne er gemt, og fristen er regnet ud igen."))


async def save_cannot(request: Request) -> Response:
    return await done(request, "kan-ikke", _cannot, N_("Det er gemt, at I ikke kan tilbyde en tid inden fristen."))


async def save_offer(request: Request) -> Response:
    return await done(request, "tilbud", _offer, N_("Tiden er tilbudt borgeren, og pladsen er holdt."))


async def save_withdrawal(request: Request) -> Response:
    return await done(request, "traek", _withdraw, N_("Tilbuddet er trukket tilbage, og pladsen er fri."))


async def save_taking_back(request: Request) -> Response:
    return await done(request, "tag-tilbage", _take_back, N_("Sagen er hos jer igen og skal visiteres."))


async def save_stop(request: Request) -> Response:
    return await done(request, "stop", _stop, N_("Forløbet er stoppet."))


async def save_handing_on(request: Request) -> Response:
    return await done(
        request, "giv-videre", _hand_on, N_("Sagen er givet videre. Den nye kommune har den på sin liste.")
    )


async def done(request: Request, form: str, act: Act, words: str) -> Response:
    """Do what the form asks for, and go back to the case; or show the page again with what is wrong."""
    sent = await sent_of(request)
    plan = await plan_in_scope(request.path_params["plan_id"], member_of(request).post.scope)
    try:
        await act(request, plan.id, sent)
    except PlanUnknown:
        raise
    except GenvejError as error:
        return await _again(request, form, sent, error)
    tell(request, words)
    return RedirectResponse(f"/kommune/sager/{plan.id}", 303)


async def _again(request: Request, form: str, sent: Sent, error: GenvejError) -> Response:
    """Nothing was saved; what is wrong stands beside its field, or on top."""
    status = status_of(type(error))
    seen = sent.seen if isinstance(error, CaseChanged) else None
    errors = {_FIELD.get(type(error), ""): error}
    if form == "tilbud" and seen is None:
        return await times_page(request, chosen=sent.typed.get("tid", ""), errors=errors, status=status)
    return await case_page(request, form=form, sent=sent, errors=errors, seen=seen, status=status)


async def _assess(request: Request, plan_id: int, sent: Sent) -> None:
    decided = assessment_of(sent.typed, request.app.state.catalogue.packages)
    await assess(plan_id, decided, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _correct(request: Request, plan_id: int, sent: Sent) -> None:
    discharge = typed_day(sent.typed.get("udskrevet", ""))
    start = typed_day(sent.typed.get("tidligste_start", ""))
    if discharge is None:
        raise DischargeMissing
    actor, now = actor_of(request), now_of(request)
    await correct_days(plan_id, discharge=discharge, earliest_start=start, actor=actor, now=now, seen=sent.seen)


async def _cannot(request: Request, plan_id: int, sent: Sent) -> None:
    await cannot_offer(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _offer(request: Request, plan_id: int, sent: Sent) -> None:
    slot_id, policy = whole_number(sent.typed.get("tid", "")), settings_of(request).policy
    if slot_id is None:
        raise NoTimeChosen
    await offer(plan_id, slot_id, actor=actor_of(request), now=now_of(request), policy=policy, seen=sent.seen)


async def _withdraw(request: Request, plan_id: int, sent: Sent) -> None:
    await withdraw_offer(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _take_back(request: Request, plan_id: int, sent: Sent) -> None:
    await take_back(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _hand_on(request: Request, plan_id: int, sent: Sent) -> None:
    chosen = sent.typed.get("kommune", "")
    to = chosen if chosen in request.app.state.catalogue.municipalities else None
    await hand_on(plan_id, to, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _stop(request: Request, plan_id: int, sent: Sent) -> None:
    reason = stop_reason_of(sent.typed)
    await stop(plan_id, reason, actor=actor_of(request), now=now_of(request), seen=sent.seen)

"""A contact in KL's report: the course at the provider, its first intervention and the encounter itself.

The first contact is the therapist's examination (FSIII: Terapeutfaglig udredning), which is based on the plan and may
not be based on a course (invariant `klgateway-140-intervention-2`).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from matching.national_codes import (
    ASSESSMENT_CODE,
    COURSE_CODE,
    DELIVERY_CODES,
    FSIII,
    STOP_REASON_CODES,
    NationalCode,
    StopReason,
)
from matching.reports.formats.facts import Contact, Facts, National
from matching.reports.formats.fhir import GUIDE, Resource, coding, concept, extension, instant, national, stable
from matching.reports.formats.fhir import reference as ref
from matching.reports.formats.gateway_contact import held_contact
from matching.reports.formats.visit import class_of
from matching.states import BookingState, PlanState


class Standing(NamedTuple):
    """How far a contact has come: the plan's status, the activity's, the encounter's, and why it ended, if it did."""

    status: str
    activity: str
    encounter: str
    reason: NationalCode | National | None = None


_S = BookingState
_GONE_ELSEWHERE = Standing("revoked", "cancelled", "cancelled", STOP_REASON_CODES[StopReason.OPTED_OUT])
_HAPPENED = Standing("revoked", "cancelled", "cancelled", STOP_REASON_CODES[StopReason.EVENT])
_STANDINGS = {
    _S.OFFERED: Standing("active", "scheduled", "planned"),
    _S.REQUESTED: Standing("active", "not-started", "planned"),
    _S.CONFIRMED: Standing("active", "scheduled", "planned"),
    _S.STARTED: Standing("active", "in-progress", "finished"),
    _S.COMPLETED: Standing("completed", "completed", "finished"),
    _S.REFUSED: _HAPPENED,
    _S.CANNOT_RECEIVE: _HAPPENED,
    _S.CANCELLED_BY_CITIZEN: _GONE_ELSEWHERE,
    _S.CANCELLED_BY_PROVIDER: _HAPPENED,
    _S.MOVED: _GONE_ELSEWHERE,
    _S.NO_SHOW: Standing("revoked", "cancelled", "cancelled", STOP_REASON_CODES[StopReason.NO_CONTACT]),
}


def course_of(
    contact: Contact, facts: Facts, citizen: Resource, request: Resource, provider: Resource
) -> list[Resource]:
    """The CarePlan, the planned intervention and the Encounter of a contact.

    Course and intervention have one id for each plan and provider: a time moved within a place corrects them.
    """
    standing = standing_of(contact, facts)
    course = _course(contact, standing, citizen, request, provider)
    examination = _examination(contact, standing, citizen, request, provider)
    told = facts.contact if contact is facts.booking else None
    held = held_contact(contact, told, citizen, course, request, provider) if told else []
    return [course, examination, _encounter(contact, standing, citizen, examination), *held]


def standing_of(contact: Contact, facts: Facts) -> Standing:
    """How a contact stands. A course that had begun is stopped, not cancelled; its own reason goes before a usual one.

    Source: `klgateway-140-care-plan-1`: a reason if and only if the activity was cancelled or stopped.
    """
    standing = _STANDINGS[contact.state]
    if contact.state is _S.STARTED and facts.plan_state is PlanState.STOPPED:
        standing = Standing("revoked", "stopped", "finished", STOP_REASON_CODES[StopReason.EVENT])
    if standing.reason is not None and facts.stop_reason is not None:
        standing = standing._replace(reason=facts.stop_reason)
    return standing


def _course(contact: Contact, standing: Standing, citizen: Resource, request: Resource, provider: Resource) -> Resource:
    plan = _care_plan("course", "care-plan", contact, standing, citizen, request, provider)
    plan["category"] = [national(COURSE_CODE)]
    activity: Resource = {"status": standing.activity, "performer": [ref(provider)]}
    if standing.reason is not None:
        activity["statusReason"] = national(standing.reason)
    return {**plan, "activity": [{"detail": activity}]}


def _examination(
    contact: Contact, standing: Standing, citizen: Resource, request: Resource, provider: Resource
) -> Resource:
    plan = _care_plan("examination", "planned-intervention", contact, standing, citizen, request, provider)
    # It is over as soon as the first contact was held, while the course goes on.
    held = standing.encounter == "finished"
    if held:
        plan["status"] = "completed"
    detail = {
        "extension": [extension(f"{GUIDE}/DeliveryType", valueCodeableConcept=national(DELIVERY_CODES[contact.mode]))],
        "code": concept(coding(FSIII, ASSESSMENT_CODE.code, ASSESSMENT_CODE.display)),
        "status": "completed" if held else standing.activity,
        "performer": [ref(provider)],
    }
    return {**plan, "activity": [{"detail": detail}]}


def _care_plan(
    kind: str,
    profile: str,
    contact: Contact,
    standing: Standing,
    citizen: Resource,
    request: Resource,
    provider: Resource,
) -> Resource:
    over = standing.status != "active"
    period = {"start": instant(contact.first_contact), "end": instant(_end(contact)) if over else None}
    return {
        "resourceType": "CarePlan",
        "id": stable(kind, request["id"], provider["id"]),
        "meta": {"profile": [f"{GUIDE}/klgateway-140-{profile}"]},
        "extension": [extension(f"{GUIDE}/BasedOnServiceRequestExtension", valueReference=ref(request))],
        "status": standing.status,
        "intent": "plan",
        "subject": ref(citizen),
        "period": period,
    }


def _encounter(contact: Contact, standing: Standing, citizen: Resource, examination: Resource) -> Resource:
    return {
        "resourceType": "Encounter",
        "id": stable("encounter", contact.id),
        "meta": {"profile": [f"{GUIDE}/klgateway-140-encounter"]},
        "extension": [extension(f"{GUIDE}/BasedOnCarePlanExtension", valueReference=ref(examination))],
        "status": standing.encounter,
        "class": class_of(contact.mode),
        "subject": ref(citizen),
        "period": {"start": instant(contact.first_contact), "end": instant(_end(contact))},
    }


def _end(contact: Contact) -> datetime:
    return contact.first_contact + timedelta(minutes=contact.minutes)

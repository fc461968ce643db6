"""KL's § 140 report: what changed for one citizen, as a collection of everything that the change refers to.

Source: rehabilitation gateway guide 2.2.0 (profiles `klgateway-140-…`). The same thing has the same id in every
report, so a later report corrects an earlier one. A citizen has a CPR number there and no name.
"""

from datetime import datetime

from matching.national_codes import PLAN_CODE, plan_categories
from matching.reports.formats.facts import Facts, Organisation, Person, written
from matching.reports.formats.fhir import (
    CPR,
    GUIDE,
    SOR,
    Resource,
    entry,
    extension,
    identifier,
    instant,
    national,
    stable,
)
from matching.reports.formats.fhir import reference as ref
from matching.reports.formats.gateway_course import course_of
from matching.states import PlanState

_STATUS_REASON = "http://hl7.org/fhir/StructureDefinition/request-statusReason"

_STATUS = {
    PlanState.COMPLETED: "completed",
    PlanState.STOPPED: "revoked",
    PlanState.ERROR: "entered-in-error",
}


def gateway_report(facts: Facts, person: Person, municipality: Organisation, *, now: datetime) -> bytes:
    """The Bundle's bytes, assembled `now`. Raises NotReportable when a SOR number is missing."""
    home = _organisation(municipality)
    citizen = _citizen(facts, person, municipality)
    request = service_request(facts, citizen, home)
    resources = [citizen, home, request]
    for contact in facts.contacts:
        provider = _organisation(Organisation(contact.provider.name, contact.provider.sor))
        resources += [provider, *course_of(contact, facts, citizen, request, provider)]
    return written(
        {
            "resourceType": "Bundle",
            "id": stable("report", facts.message_id),
            "meta": {"profile": [f"{GUIDE}/klgateway-140-delivery-report"]},
            "type": "collection",
            "timestamp": instant(now),
            "entry": [entry("https://genvej.example/fhir", resource) for resource in _once(resources)],
        }
    )


def service_request(facts: Facts, citizen: Resource, requester: Resource) -> Resource:
    """The plan. It waits (`on-hold`) with the national reason while the citizen's own choice puts off its beginning."""
    reason = facts.status_reason
    extensions = [extension(f"{GUIDE}/PreconditionDate", valueDate=facts.discharge_date.isoformat())]
    if reason is not None:
        extensions.append(extension(_STATUS_REASON, valueCodeableConcept=national(reason)))
    return {
        "resourceType": "ServiceRequest",
        "id": stable("plan", facts.case_reference),
        "meta": {"profile": [f"{GUIDE}/klgateway-140-servicerequest"]},
        "extension": extensions,
        "status": _STATUS.get(facts.plan_state, "on-hold" if reason else "active"),
        "intent": "plan",
        "category": [national(code) for code in plan_categories(facts.plan_type, facts.level)],
        "code": national(PLAN_CODE),
        "subject": ref(citizen),
        "occurrencePeriod": {"start": facts.offer_date.isoformat()} if facts.offer_date else None,
        "authoredOn": facts.received_on.isoformat(),
        "requester": ref(requester),
    }


def _once(resources: list[Resource]) -> list[Resource]:
    """Each id once, as it was said last: both contacts of a move may be at one provider."""
    return list({resource["id"]: resource for resource in resources}.values())


def _citizen(facts: Facts, person: Person, municipality: Organisation) -> Resource:
    return {
        "resourceType": "Patient",
        "id": stable("citizen", facts.case_reference),
        "meta": {"profile": [f"{GUIDE}/klgateway-140-citizen"]},
        "identifier": [identifier(CPR, person.cpr)],
        "deceasedBoolean": False,
        "managingOrganization": {"identifier": identifier(SOR, municipality.needed("sor"))},
    }


def _organisation(organisation: Organisation) -> Resource:
    sor = organisation.needed("sor")
    return {
        "resourceType": "Organization",
        "id": stable("organisation", sor),
        "meta": {"profile": [f"{GUIDE}/klgateway-140-organization"]},
        "identifier": [identifier(SOR, sor)],
        "active": True,
    }

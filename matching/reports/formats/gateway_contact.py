"""A contact after the first one in KL's report: what was done, and the encounter in which it was done.

Each kind of training is one planned intervention of the course, whose encounters are sent as they are held. It must be
based on the course (invariant `klgateway-140-intervention-1`), which an examination may not be (`-2`).
"""

from datetime import timedelta

from matching.course_codes import Intervention
from matching.national_codes import DELIVERY_CODES, FSIII, INTERVENTION_CODES
from matching.reports.formats.facts import Contact, Held
from matching.reports.formats.fhir import GUIDE, Resource, coding, concept, extension, instant, national, stable
from matching.reports.formats.fhir import reference as ref
from matching.reports.formats.visit import class_of


def held_contact(
    first: Contact, held: Held, citizen: Resource, course: Resource, request: Resource, provider: Resource
) -> list[Resource]:
    """The planned intervention and the Encounter; `first` is the contact with which the course began."""
    intervention = _intervention(first, held, citizen, course, request, provider)
    return [intervention, _encounter(held, citizen, intervention)]


def _intervention(
    first: Contact, held: Held, citizen: Resource, course: Resource, request: Resource, provider: Resource
) -> Resource:
    code = INTERVENTION_CODES[held.intervention]
    delivery = extension(f"{GUIDE}/DeliveryType", valueCodeableConcept=national(DELIVERY_CODES[held.mode]))
    detail = {
        "extension": [delivery],
        "code": concept(coding(FSIII, code.code, code.display)),
        "status": "in-progress",
        "performer": [ref(provider)],
    }
    examined = held.intervention is Intervention.ASSESSMENT
    return {
        "resourceType": "CarePlan",
        "id": stable("intervention", request["id"], provider["id"], held.intervention),
        "meta": {"profile": [f"{GUIDE}/klgateway-140-planned-intervention"]},
        "extension": [extension(f"{GUIDE}/BasedOnServiceRequestExtension", valueReference=ref(request))],
        "basedOn": [] if examined else [ref(course)],
        "status": "active",
        "intent": "plan",
        "subject": ref(citizen),
        "period": {"start": instant(first.first_contact)},
        "activity": [{"detail": detail}],
    }


def _encounter(held: Held, citizen: Resource, intervention: Resource) -> Resource:
    ends = held.starts_at + timedelta(minutes=held.minutes)
    return {
        "resourceType": "Encounter",
        "id": stable("encounter", intervention["id"], instant(held.starts_at)),
        "meta": {"profile": [f"{GUIDE}/klgateway-140-encounter"]},
        "extension": [extension(f"{GUIDE}/BasedOnCarePlanExtension", valueReference=ref(intervention))],
        "status": "finished",
        "class": class_of(held.mode),
        "subject": ref(citizen),
        "period": {"start": instant(held.starts_at), "end": instant(ends)},
    }

"""FHIR R4 as in KL's gateway guide for rehabilitation (2.2.0): a ServiceRequest, its citizen and what hangs on it.

`authoredOn` is the day on which the municipality received the plan, `occurrencePeriod.start` the first contact that it
offered, the extension PreconditionDate the discharge. A plan's message id is the bundle's identifier or else the
ServiceRequest's id, which stays the same when the plan is sent again with changes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from matching.contents import PlanContents
from matching.intake.bundles import Bundle, Resource, codes, extension, identifier_of, items, reference_id, text_at
from matching.intake.draft import Draft
from matching.intake.fhir_patient import add_patient
from matching.intake.findings import Finding, Problem
from matching.intake.kinds import LEVELS, PLAN_TYPES
from matching.intake.texts import clean
from matching.national_codes import DELIVERY_CODES
from matching.plan_facts import PlanLink
from providers.models import SlotMode

SOR = "urn:oid:1.2.208.176.1.1"
GLN = ("https://www.gs1.org/gln", "http://www.gs1.org/gln")
_DISCHARGE = "/PreconditionDate"
_DELIVERY = "/DeliveryType"
_BASED_ON = "/BasedOnServiceRequestExtension"

_NO_PLAN = "#"
"""In the place of a plan's id, which it cannot be."""

Planned = Mapping[str, Mapping[str, int]]
"""By the plan's id: each way of training with the number of the intervention that names it first."""

_ALIVE = frozenset({"draft", "active", "on-hold", "unknown", ""})
"""Of FHIR's request-status."""

_DELIVERIES = {
    DELIVERY_CODES[mode].code: mode.value for mode in (SlotMode.GROUP, SlotMode.INDIVIDUAL, SlotMode.DIGITAL)
}


def drafts(bundle: Bundle) -> Iterator[Draft]:
    """One for each plan that is alive; when none is, one for each that the sender has withdrawn."""
    requests = list(bundle.of("ServiceRequest"))
    alive = [request for request in requests if text_at(request, "status") in _ALIVE]
    ended = [request for request in requests if text_at(request, "status") not in _ALIVE]
    revoked = next((text_at(other, "id") for other in ended if text_at(other, "status") == "revoked"), "")
    planned = _planned(bundle)
    for request in alive or ended:
        draft = _draft(bundle, request, planned)
        draft.message_id = _message_id(bundle, request, several=len(alive) > 1)
        draft.earlier = _earlier(request, revoked)
        if not alive:
            draft.findings.append(Finding(Problem.PLAN_WITHDRAWN))
        yield draft


def _draft(bundle: Bundle, request: Resource, planned: Planned) -> Draft:
    kinds = codes(request, "category")
    draft = Draft(
        received=text_at(request, "authoredOn"),
        plan_type=next((code for code in kinds if code in PLAN_TYPES), ", ".join(kinds)),
        level=next((code for code in kinds if code in LEVELS), ""),
        discharge=text_at(extension(request, _DISCHARGE), "valueDate")
        or text_at(extension(request, _DISCHARGE), "valueDateTime"),
        offer=text_at(request, "occurrencePeriod", "start") or text_at(request, "occurrenceDateTime"),
        offered=bundle.timestamp,
        contents=_contents(bundle, request, planned),
    )
    patient = bundle.referred(request.get("subject")) or next(bundle.of("Patient"), {})
    add_patient(draft, patient)
    draft.municipality = _municipality(bundle, patient)
    return draft


def _message_id(bundle: Bundle, request: Resource, *, several: bool) -> str:
    """The bundle's identifier; with several plans in it, each plan's own id behind it."""
    own = clean(text_at(request, "id"))
    return clean(bundle.identifier) + (f"#{own}" if several and own else "") if bundle.identifier else own


def _earlier(request: Resource, revoked: str) -> tuple[PlanLink, str] | None:
    """A plan that names another replaces it; one that comes with a revoked one begins that one anew (KL's guide)."""
    if replaced := next(map(reference_id, items(request, "replaces")), ""):
        return PlanLink.REPLACES, clean(replaced)
    return (PlanLink.RESTARTS, clean(revoked)) if revoked else None


def _municipality(bundle: Bundle, patient: Resource) -> tuple[str, ...]:
    """The organisation that keeps the citizen's case, by its numbers and its name."""
    managing = patient.get("managingOrganization")
    organisation = bundle.referred(managing)
    return (
        text_at(managing, "identifier", "value") or identifier_of(organisation, SOR, *GLN),
        clean(text_at(organisation, "name") or text_at(managing, "display")),
    )


def _contents(bundle: Bundle, request: Resource, planned: Planned) -> PlanContents:
    requester = bundle.referred(request.get("requester"))
    reasons = (bundle.referred(reason) for reason in items(request, "reasonReference"))
    return PlanContents(
        hospital=clean(text_at(requester, "name")) or None,
        diagnoses=tuple(filter(None, map(_diagnosis, reasons))),
        delivery=_deliveries(planned, text_at(request, "id")),
    )


def _diagnosis(condition: Resource | None) -> str:
    said = (text_at(condition, "code", "coding", name) for name in ("code", "display"))
    return clean(" ".join(filter(None, said)) or text_at(condition, "code", "text"))


def _planned(bundle: Bundle) -> Planned:
    """How training is planned in the bundle's interventions: by the plan that each is for, "" for all of them."""
    found = defaultdict[str, dict[str, int]](dict)
    for number, plan in enumerate(bundle.of("CarePlan")):
        origin = extension(plan, _BASED_ON)
        of = "" if origin is None else reference_id(next(iter(items(origin, "valueReference")), None)) or _NO_PLAN
        for activity in items(plan, "activity"):
            for delivery in _delivery(activity):
                found[of].setdefault(delivery, number)
    return found


def _deliveries(planned: Planned, request_id: str) -> tuple[str, ...]:
    """How one plan's training is planned, in the order of the bundle; not by interventions for another plan."""
    both = [*planned.get("", {}).items(), *(planned.get(request_id, {}).items() if request_id else ())]
    return tuple(dict.fromkeys(delivery for delivery, _ in sorted(both, key=lambda pair: pair[1])))


def _delivery(activity: object) -> Iterator[str]:
    for detail in items(activity, "detail"):
        said = codes(extension(detail, _DELIVERY), "valueCodeableConcept")
        yield from (_DELIVERIES[code] for code in said if code in _DELIVERIES)

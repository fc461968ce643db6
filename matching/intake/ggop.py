"""GGOP, the hospitals' electronic rehabilitation plan (MedCom XML, `urn:oio:medcom:municipality:1.0.4`).

The official schema is not public, and versions differ in their namespaces. So elements are known by their local names
wherever they stand, what is missing is empty, and what is unknown is passed over. The discharge is the end of the
current hospital contact. `RehabilitationDeadline` is a running text: the day in it is shown to the municipality, which
decides what it means; it never starts the clock later by itself.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # nosec B405

from matching.intake.draft import Draft
from matching.intake.elements import first, line
from matching.intake.findings import Finding, Problem
from matching.intake.ggop_contents import PHONE, address_of, contents_of, said

PLAN = "RehabilitationPlan"
_NAME = ("PersonGivenName", "PersonMiddleName", "PersonSurnameName")
_END = ("ActualEnd", "End", "ExpectedEnd", "DischargeDate", "DischargeDateTime", "EndDate")
_START = ("EarliestStart", "EarliestStartDate")
_ATTACHMENTS = ("BinaryObject", "Object", "ObjectReference", "Attachment")


def drafts(root: Element) -> Iterator[Draft]:
    """One for each plan of the file."""
    envelope = first(root, "Envelope")
    for plan in _plans(root):
        yield _draft(plan, envelope)


def _plans(root: Element) -> Iterator[Element]:
    """The outermost ones, in the order of the file. What stands within a plan belongs to it, whatever it is called."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == PLAN:
            yield element
        else:
            waiting.extend(reversed(element))


def _draft(plan: Element, envelope: Element | None) -> Draft:
    letter, patient, receiver = first(plan, "Letter"), first(plan, "Patient"), first(plan, "Receiver")
    draft = Draft(
        message_id=line(letter, "Identifier") or line(envelope, "Identifier"),
        municipality=(
            line(receiver, "EANIdentifier"),
            line(receiver, "Identifier"),
            line(receiver, "OrganisationName"),
            line(first(plan, "ContactMunicipality"), "OrganisationName"),
        ),
        received=_day(letter, "Authorisation") or _day(envelope, "Sent"),
        plan_type=line(plan, "TypeOfRehabilitationPlan"),
        level=line(plan, "LevelOfRehabilitation", "RehabilitationLevel"),
        discharge=_day(first(plan, "CurrentHospitalContact"), *_END) or _day(plan, "DischargeDate"),
        earliest_start=_day(plan, *_START),
        contents=contents_of(plan),
    )
    _add_patient(draft, patient)
    if draft.contents.start_deadline_text:
        draft.findings.append(Finding(Problem.START_DEADLINE))
    if first(plan, *_ATTACHMENTS) is not None:
        draft.findings.append(Finding(Problem.ATTACHMENT_LEFT_OUT))
    return draft


def _add_patient(draft: Draft, patient: Element | None) -> None:
    draft.cpr = line(patient, "CivilRegistrationNumber", "AlternativeIdentifier")
    draft.birth_date = line(patient, "BirthDate", "DateOfBirth")
    draft.name = " ".join(filter(None, (line(patient, name) for name in _NAME)))
    draft.address, draft.postal_code = address_of(patient), line(patient, "PostCodeIdentifier")
    draft.residence = line(patient, "MunicipalityCode", "MunicipalityCodeIdentifier")
    draft.phone, draft.email = line(patient, *PHONE)[:40], line(patient, "EmailAddressIdentifier")
    draft.address_protected = bool(said(patient, "AddressProtection", "NameAndAddressProtection"))


def _day(element: Element | None, *names: str) -> str:
    """The date in the first such element; its time of day, beside it, is of no interest."""
    found = first(element, *names)
    return line(found, "Date") or line(found)

"""The hospital's words in a GGOP message."""

from xml.etree.ElementTree import Element  # nosec B405

from matching.contents import PlanContents
from matching.intake.elements import descendants, first, line, words
from matching.intake.texts import day_within

PHONE = ("TelephoneSubscriberIdentifier", "TelephoneNumber")
_YES = frozenset({"true", "1", "ja", "yes"})
_NO = frozenset({"false", "0", "nej", "no"})


def contents_of(plan: Element) -> PlanContents:
    """Everything that the citizen and the municipality may read, as the hospital wrote it."""
    deadline = words(plan, "RehabilitationDeadline")
    return PlanContents(
        function_before=words(plan, "AbilityBeforeHospitalization", "AbilityBeforeAdmission", "AbilityBefore"),
        function_at_discharge=words(plan, "AbilityAtDischargeSummary"),
        function_extended=words(plan, "AbilityAtDischargeExtended"),
        need=words(plan, "RehabilitationNeedAndPotential"),
        health=words(plan, "PatientHealthSummary"),
        safety=words(plan, "PatientSafetyAspects"),
        practical=words(plan, "PracticalInformation"),
        control=line(plan, "HospitalAmbulatoryControl") or None,
        start_deadline=day_within(deadline or ""),
        start_deadline_text=deadline,
        hospital=_organisation(first(plan, "Sender")),
        region_contact=_contact(first(plan, "ContactCounty")),
        municipality_contact=_contact(first(plan, "ContactMunicipality")),
        diagnoses=_coded(plan, "PrimaryDiagnosis", "SecondaryDiagnosis"),
        classifications=_coded(plan, "ICFCode"),
        sent_with_consent=said(plan, "ConsentInformed"),
    )


def address_of(element: Element | None) -> str:
    """Street and town on one line; empty when there is neither."""
    street = ", ".join(filter(None, (line(element, "StreetName"), line(element, "SuburbName"))))
    town = " ".join(filter(None, (line(element, "PostCodeIdentifier"), line(element, "DistrictName"))))
    return ", ".join(filter(None, (street, town)))


def _organisation(element: Element | None) -> str | None:
    names = (line(element, name) for name in ("OrganisationName", "DepartmentName", "UnitName"))
    return ", ".join(filter(None, names)) or None


def _contact(element: Element | None) -> str | None:
    """Whom to ask: name, address, telephone and mail on a line each."""
    parts = (
        _organisation(element),
        address_of(element),
        line(element, *PHONE),
        line(element, "EmailAddressIdentifier"),
    )
    return "\n".join(filter(None, parts)) or None


def _coded(plan: Element, *names: str) -> tuple[str, ...]:
    found = (f"{line(element, 'Code')} {line(element, 'Text')}".strip() for element in descendants(plan, *names))
    return tuple(filter(None, found))


def said(element: Element | None, *names: str) -> bool | None:
    """Yes or no, where the message says it so."""
    word = line(element, *names).lower()
    return True if word in _YES else False if word in _NO else None

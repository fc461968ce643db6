"""Messages as hospitals and case systems send them: invented people, and everything sensible unless told otherwise."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

GENERAL, BASIC = "ffd81f78-352e-4589-a195-5350dd1df2a4", "8b962281-2ab6-4b10-9c91-4bac592d6d49"
SPECIALISED = "0c8e2bfc-1350-45d1-90da-c07e2645d073"
INDIVIDUAL = "8d12d74c-17da-47a7-a4fe-e69dbaec0a8c"
CPR_SYSTEM, SOR_SYSTEM = "urn:oid:1.2.208.176.1.2", "urn:oid:1.2.208.176.1.1"
REHAB = "http://fhir.kl.dk/rehab/StructureDefinition"
SOMEBODY = "1403511234"
"""A CPR number of nobody: a birth in 1951, and a check sum that is wrong."""

HEADINGS = "besked-id", "kommune", "cpr", "navn", "plantype", "niveau", "udskrivningsdato", "tilbudt dato", "pakke"


def a_row(message_id: str = "csv-1", **values: str) -> dict[str, str]:
    """A plan under `HEADINGS`, and under those that are named besides; dashes and spaces are written as `_`."""
    row = {
        "besked-id": message_id,
        "kommune": "0101",
        "cpr": SOMEBODY,
        "navn": "Prøve Prøvesen",
        "plantype": "almen",
        "udskrivningsdato": "2026-11-14",
    }
    return row | {name.replace("_", " "): value for name, value in values.items()}


def a_csv(*rows: Mapping[str, str], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A file with the rows under all headings that they have."""
    headings = list(dict.fromkeys([*HEADINGS, *(name for row in rows for name in row)]))
    lines = [headings, *([row.get(name, "") for name in headings] for row in rows)]
    return "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)


def a_ggop(
    message_id: str = "ggop-1",
    *,
    encoding: str = "UTF-8",
    declared: str | None = None,
    cpr: str = SOMEBODY,
    plan_type: str = "almen",
    discharge: str = "<Date>2026-11-14</Date><Time>10:30</Time>",
    receiver: str = "<x:Identifier>0101</x:Identifier><x:OrganisationName>Københavns Kommune</x:OrganisationName>",
    postal_code: str = "1050",
    more: str = "",
    prologue: str = "",
) -> bytes:
    """A GGOP message in two namespaces, as the standard has it."""
    return f"""<?xml version="1.0" encoding="{declared or encoding}"?>{prologue}
    <Emessage xmlns="urn:oio:medcom:municipality:1.0.4" xmlns:x="urn:oio:medcom:municipality:1.0.0">
      <x:Envelope><x:Identifier>envelope-1</x:Identifier></x:Envelope>
      <RehabilitationPlan>
        <Letter><x:Identifier>{message_id}</x:Identifier>
          <x:Authorisation><x:Date>2026-11-13</x:Date><x:Time>12:00</x:Time></x:Authorisation></Letter>
        <Sender><x:OrganisationName>Opdigtet Sygehus</x:OrganisationName>
          <x:DepartmentName>Ortopædkirurgi</x:DepartmentName></Sender>
        <Receiver>{receiver}</Receiver>
        <Patient><x:CivilRegistrationNumber>{cpr}</x:CivilRegistrationNumber>
          <x:PersonSurnameName>Prøvesen</x:PersonSurnameName><x:PersonGivenName>Prøve Ærlig</x:PersonGivenName>
          <x:StreetName>Opdigtet Allé 1</x:StreetName><x:PostCodeIdentifier>{postal_code}</x:PostCodeIdentifier>
          <x:DistrictName>Byen</x:DistrictName>
          <x:TelephoneSubscriberIdentifier>00000000</x:TelephoneSubscriberIdentifier></Patient>
        <ConsentInformed>ja</ConsentInformed>
        <TypeOfRehabilitationPlan>{plan_type}</TypeOfRehabilitationPlan>
        <CurrentHospitalContact><Start><Date>2026-11-01</Date></Start><ExpectedEnd>{discharge}</ExpectedEnd>
        </CurrentHospitalContact>
        <AbilityAtDischargeSummary>Går med stok.<Break/>Kan ikke gå på trapper.</AbilityAtDischargeSummary>
        <RehabilitationNeedAndPotential>Styrke og balance.</RehabilitationNeedAndPotential>
        <ICD10Diagnoses><ICD10Diagnose><PrimaryDiagnosis><Code>DS721</Code><Text>Brud</Text></PrimaryDiagnosis>
        </ICD10Diagnose></ICD10Diagnoses>
        <ContactMunicipality><x:OrganisationName>Visitationen</x:OrganisationName>
          <x:TelephoneSubscriberIdentifier>00000000</x:TelephoneSubscriberIdentifier></ContactMunicipality>
        {more}
      </RehabilitationPlan>
    </Emessage>""".encode(encoding)


def a_request(
    request_id: str = "request-1",
    *,
    categories: Sequence[str] = (GENERAL, BASIC),
    discharge: str | None = "2026-11-14",
    received: str = "2026-11-13",
    offer: str | None = None,
    **values: Any,
) -> dict[str, Any]:
    """A ServiceRequest as in KL's guide."""
    request: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "id": request_id,
        "status": "active",
        "intent": "plan",
        "category": [{"coding": [{"code": code}]} for code in categories],
        "subject": {"reference": "Patient/patient-1"},
        "authoredOn": received,
    }
    if discharge:
        request["extension"] = [{"url": f"{REHAB}/PreconditionDate", "valueDate": discharge}]
    if offer:
        request["occurrencePeriod"] = {"start": offer}
    return request | values


def a_bundle(
    *requests: Mapping[str, Any],
    cpr: str = SOMEBODY,
    sor: str = "999000000000001",
    timestamp: str = "2026-11-13T10:00:00Z",
    more: Sequence[Mapping[str, Any]] = (),
    **values: Any,
) -> bytes:
    """A report as in KL's guide, whose organisation has a SOR number that nobody knows."""
    patient = {
        "resourceType": "Patient",
        "id": "patient-1",
        "identifier": [{"use": "official", "system": CPR_SYSTEM, "value": cpr}],
        "deceasedBoolean": False,
        "managingOrganization": {"identifier": {"use": "official", "system": SOR_SYSTEM, "value": sor}},
    }
    entries = [{"resource": resource} for resource in (patient, *(requests or (a_request(),)), *more)]
    bundle = {"resourceType": "Bundle", "type": "collection", "timestamp": timestamp, "entry": entries}
    return json.dumps(bundle | values).encode()


def the_published_example() -> bytes:
    """KL's example for § 140, first report, by its facts: received, discharged, offered, almen and basal, individual.

    The citizen's number is not the published one, which belongs to a test person of the national register.
    """
    delivery = {
        "url": f"{REHAB}/DeliveryType",
        "valueCodeableConcept": {"coding": [{"code": INDIVIDUAL}]},
    }
    examination = {
        "resourceType": "CarePlan",
        "id": "examination-1",
        "extension": [
            {
                "url": f"{REHAB}/BasedOnServiceRequestExtension",
                "valueReference": {"reference": "ServiceRequest/request-1"},
            }
        ],
        "activity": [{"detail": {"status": "scheduled", "extension": [delivery]}}],
    }
    request = a_request(discharge="2022-05-24", received="2022-05-23", offer="2022-05-28")
    return a_bundle(request, timestamp="2022-05-23T19:25:12Z", more=[examination])

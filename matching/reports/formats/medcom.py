"""What MedCom's messages have in common: header, organisations, patient and the Provenance of each message."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from matching.reports.formats.facts import Organisation, Person
from matching.reports.formats.fhir import (
    CONFIDENTIALITY,
    CPR,
    GLN,
    SOR,
    Resource,
    coding,
    extension,
    identifier,
    instant,
    stable,
)
from matching.reports.formats.fhir import reference as ref
from matching.reports.formats.narrative import narrative

BASE = "http://medcomfhir.dk/ig"
TERMS = f"{BASE}/terminology/CodeSystem"
PROFILES = f"{BASE}/carecommunication/StructureDefinition"
CORE = f"{BASE}/core/StructureDefinition"
MESSAGING = f"{BASE}/messaging/StructureDefinition"


def profile(url: str) -> Resource:
    return {"profile": [url]}


def header(
    message_id: UUID,
    *,
    event: str,
    profile: str,
    sender: Resource,
    receiver: Resource,
    definition: str,
    focus: Resource | None = None,
    response: Resource | None = None,
) -> Resource:
    """The MessageHeader: from whom, to whom and what it is about. Its id is what the other side answers to."""
    return {
        "resourceType": "MessageHeader",
        "id": str(message_id),
        "meta": {"profile": [profile]},
        "text": narrative(f"Meddelelse {message_id}", f"Message {message_id}"),
        "eventCoding": coding(f"{TERMS}/medcom-messaging-eventCodes", event),
        "destination": [
            {
                "extension": [
                    extension(
                        f"{MESSAGING}/medcom-messaging-destinationUseExtension",
                        valueCoding=coding(f"{TERMS}/medcom-messaging-destinationUse", "primary"),
                    )
                ],
                "endpoint": _endpoint(receiver),
                "receiver": ref(receiver),
            }
        ],
        "sender": ref(sender),
        "source": {"endpoint": _endpoint(sender)},
        "response": response,
        "focus": [ref(focus)] if focus else None,
        "definition": definition,
    }


def organisation(party: Organisation) -> Resource:
    """A sender or a receiver. Raises NotReportable without its SOR or GLN number."""
    sor, gln = party.needed("sor"), party.needed("gln")
    return {
        "resourceType": "Organization",
        "id": stable("organisation", sor),
        "meta": profile(f"{MESSAGING}/medcom-messaging-organization"),
        "text": narrative(f"{party.name}, SOR {sor}, GLN {gln}", f"{party.name}, SOR {sor}, GLN {gln}"),
        "identifier": [identifier(SOR, sor), identifier(GLN, gln)],
        "name": party.name,
    }


def patient(person: Person, key: str) -> Resource:
    """The citizen by CPR number and official name; a protected one with the security label `R` (dk-core's advice)."""
    given, _, family = person.name.strip().rpartition(" ")
    labels = [coding(CONFIDENTIALITY, "R", "restricted")] if person.protected else []
    return {
        "resourceType": "Patient",
        "id": key,
        "meta": {**profile(f"{CORE}/medcom-core-patient"), "security": labels},
        "text": narrative(f"Borger: {person.name}", f"Citizen: {person.name}"),
        "identifier": [identifier(CPR, person.cpr)],
        "name": [{"use": "official", "given": given.split(), "family": family}],
    }


def provenance(
    message_id: UUID,
    activity: str,
    at: datetime,
    sender: Resource,
    *,
    sources: Sequence[str],
    revises: UUID | None,
) -> Resource:
    """How one message came about; `sources` are the ids of the texts that it added, `revises` what it answers."""
    earlier = {"role": "revision", "what": {"reference": f"MessageHeader/{revises}"}}
    added = [{"role": "source", "what": {"identifier": {"value": source}}} for source in sources]
    return {
        "resourceType": "Provenance",
        "id": stable("provenance", message_id),
        "meta": profile(
            f"{PROFILES}/medcom-careCommunication-provenance"
            if activity != "acknowledgement"
            else f"{MESSAGING}/medcom-messaging-provenance"
        ),
        "text": narrative(f"Sendt {instant(at)}", f"Sent {instant(at)}"),
        "target": [{"reference": f"MessageHeader/{message_id}"}],
        "occurredDateTime": instant(at),
        "recorded": instant(at),
        "activity": {"coding": [coding(f"{TERMS}/medcom-messaging-activityCodes", activity)]},
        "agent": [{"who": ref(sender)}],
        "entity": [*added, *([earlier] if revises else [])],
    }


def _endpoint(party: Resource) -> str:
    """The form that the guide's examples have; no rule was found."""
    return f"https://sor2.sum.dsdn.dk/#id={party['identifier'][0]['value']}"

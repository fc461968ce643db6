"""MedCom CareCommunication 5.0.4: the case's thread, told anew with each message and one text longer.

A message carries every earlier text of its thread with the same ids and times, and one Provenance for each message.
So it is made from the texts alone: the same texts give the same ids at every sending, except for the Bundle's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from matching.reports.formats.facts import Organisation, Person, written
from matching.reports.formats.fhir import Resource, coding, entry, extension, instant, stable, urn
from matching.reports.formats.fhir import reference as ref
from matching.reports.formats.medcom import (
    BASE,
    CORE,
    PROFILES,
    TERMS,
    header,
    organisation,
    patient,
    profile,
    provenance,
)
from matching.reports.formats.narrative import narrative

_CATEGORIES = f"{TERMS}/medcom-careCommunication-categoryCodes"
_DEFINITION = f"{BASE}/messagedefinitions/MessageDefinition/MedComCareCommunicationMessageDefinition|5.0"


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs the texts; `role` in words; `phone` is digits, with + at most before them."""

    given: str
    family: str
    role: str
    phone: str


@dataclass(frozen=True, slots=True)
class Sender:
    organisation: Organisation
    author: Author


@dataclass(frozen=True, slots=True)
class Segment:
    """One text of the thread; `header` is the id of the message that brought it, `sent_at` when it was handed over."""

    header: UUID
    text: str
    sent_at: datetime

    @property
    def id(self) -> str:
        return urn(stable("segment", self.header))


def care_communication(
    segments: Sequence[Segment],
    thread: UUID,
    person: Person,
    sender: Sender,
    receiver: Organisation,
    *,
    bundle_id: UUID,
    now: datetime,
) -> bytes:
    """The Bundle's bytes, assembled `now`; the last segment is what is new. Raises NotReportable without SOR or GLN."""
    home, ours = organisation(receiver), organisation(sender.organisation)
    author, role = _author(sender.author, ours)
    citizen = patient(person, stable("citizen", thread))
    communication = _communication(segments, thread, citizen, role, sender, ours)
    message = header(
        segments[-1].header,
        event="care-communication-message",
        profile=f"{PROFILES}/medcom-careCommunication-messageHeader",
        sender=ours,
        receiver=home,
        definition=_DEFINITION,
        focus=communication,
    )
    resources = [message, citizen, communication, role, author, ours, home, *_history(segments, ours)]
    return written(
        {
            "resourceType": "Bundle",
            "id": str(bundle_id),
            "meta": {"profile": [f"{PROFILES}/medcom-careCommunication-message"]},
            "type": "message",
            "timestamp": instant(now),
            "entry": [entry("https://medcomfhir.dk/ig/carecommunication", resource) for resource in resources],
        }
    )


def _communication(
    segments: Sequence[Segment], thread: UUID, citizen: Resource, role: Resource, sender: Sender, ours: Resource
) -> Resource:
    return {
        "resourceType": "Communication",
        "id": stable("communication", thread),
        "meta": {"profile": [f"{PROFILES}/medcom-careCommunication-communication"]},
        "text": narrative("Korrespondance om genoptræning", "Correspondence about rehabilitation"),
        "identifier": [{"value": urn(thread)}],
        "status": "unknown",
        "category": [{"coding": [coding(_CATEGORIES, "training", "Træning")]}],
        "subject": ref(citizen),
        "topic": {"text": "Genoptræning efter frit valg"},
        "payload": [_payload(segment, role, sender.author, ours) for segment in segments],
    }


def _payload(segment: Segment, role: Resource, author: Author, ours: Resource) -> Resource:
    marks = [
        extension(f"{CORE}/medcom-core-datetime-extension", valueDateTime=instant(segment.sent_at)),
        extension(
            f"{CORE}/medcom-core-identifier-extension",
            valueIdentifier={"value": segment.id, "assigner": ref(ours)},
        ),
        extension(f"{CORE}/medcom-core-practitioner-extension", valueReference=ref(role)),
        extension(
            f"{CORE}/medcom-core-contact-extension", valueContactPoint={"system": "phone", "value": author.phone}
        ),
    ]
    return {"extension": marks, "contentString": segment.text}


def _author(author: Author, ours: Resource) -> tuple[Resource, Resource]:
    """The person and the role in which they write for the sender."""
    key = (author.given, author.family, author.role, ours["id"])
    person = {
        "resourceType": "Practitioner",
        "id": stable("author", *key),
        "meta": profile(f"{CORE}/medcom-core-practitioner"),
        "text": narrative(f"{author.given} {author.family}", f"{author.given} {author.family}"),
        "name": [{"given": [author.given], "family": author.family}],
    }
    role = {
        "resourceType": "PractitionerRole",
        "id": stable("role", *key),
        "meta": profile(f"{CORE}/medcom-core-practitionerrole"),
        "text": narrative(author.role, author.role),
        "practitioner": ref(person),
        "organization": ref(ours),
        "code": [{"text": author.role}],
    }
    return person, role


def _history(segments: Sequence[Segment], ours: Resource) -> list[Resource]:
    """One Provenance for each message of the thread, the oldest first."""
    first = provenance(
        segments[0].header, "new-message", segments[0].sent_at, ours, sources=[segments[0].id], revises=None
    )
    later = [
        provenance(new.header, "reply-message", new.sent_at, ours, sources=[new.id], revises=old.header)
        for old, new in pairwise(segments)
    ]
    return [first, *later]

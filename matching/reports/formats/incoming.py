"""What a municipality's system has sent us: an acknowledgement, a message, plans, or nothing that we can read. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from matching.intake.bundles import Bundle, Resource, bundles, codes, identifier_of, items, reference_id, text_at
from matching.intake.elements import Unreadable
from matching.intake.fhir import GLN, SOR
from matching.models import InboundKind
from matching.reports.formats.acknowledgement import Issue, NotAnAcknowledgement, read_acknowledgement
from matching.reports.formats.facts import Organisation
from matching.reports.formats.thread import answered_message

_UNKNOWN_RECEIVER = Issue("processing", "MSG_Receiver_Identifier_UNKNOWN")


@dataclass(frozen=True, slots=True)
class Message:
    """A CareCommunication that can be answered: its header's id, its bundle's, and who sent it.

    `answers` is the id of the message of ours that it is a reply to. `issues` is how it breaks its profile;
    `provenance` is the latest one, which travels back with the answer.
    """

    header: UUID
    bundle: str
    sender: Organisation
    answers: str | None
    provenance: dict[str, Any] | None
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """`message` is that of a CareCommunication; None = one that does not even say whom to answer."""

    kind: InboundKind
    message: Message | None = None


def incoming(body: bytes, ours: Organisation) -> Incoming:
    """What it is; it may be anything at all. `ours` is to whom a message of MedCom's must be."""
    try:
        found = bundles(body.decode())
    except (Unreadable, UnicodeDecodeError):
        return Incoming(InboundKind.UNREADABLE)
    first = found[0]
    if any(first.of("Communication")):
        return Incoming(InboundKind.REPLY, _message(first, body, ours))
    if any(first.of("MessageHeader")) and _acknowledges(body):
        return Incoming(InboundKind.ACKNOWLEDGEMENT)
    plans = any(request for bundle in found for request in bundle.of("ServiceRequest"))
    return Incoming(InboundKind.PLANS if plans else InboundKind.UNREADABLE)


def _acknowledges(body: bytes) -> bool:
    try:
        read_acknowledgement(body)
    except NotAnAcknowledgement:
        return False
    return True


def _message(bundle: Bundle, body: bytes, ours: Organisation) -> Message | None:
    header = next(bundle.of("MessageHeader"), {})
    sender = bundle.referred(header.get("sender")) or {}
    theirs = Organisation(
        text_at(sender, "name") or "Afsender", identifier_of(sender, SOR) or None, identifier_of(sender, *GLN) or None
    )
    try:
        number = UUID(text_at(header, "id"))
    except ValueError:
        return None
    if not (theirs.sor and theirs.gln):
        return None
    document = orjson.loads(body)
    return Message(
        number,
        text_at(document, "id"),
        theirs,
        answered_message(body),
        _latest(bundle, header),
        tuple(_faults(bundle, document, header, ours)),
    )


def _latest(bundle: Bundle, header: Resource) -> dict[str, Any] | None:
    """The Provenance of this very message."""
    told = list(bundle.of("Provenance"))
    about = (one for one in told if reference_id(next(iter(items(one, "target")), None)) == text_at(header, "id"))
    latest = next(about, told[-1] if told else None)
    return dict(latest) if latest else None


def _faults(bundle: Bundle, document: Any, header: Resource, ours: Organisation) -> Iterator[Issue]:
    """How it breaks the profile `medcom-careCommunication-message`, as far as we could not read it then."""
    if text_at(document, "type") != "message" or not text_at(document, "id"):
        yield Issue("structure", text="Bundle.type must be message, and Bundle.id must be there")
    if len(list(bundle.of("Patient"))) != 1:
        yield Issue("structure", text="A message has exactly one Patient")
    if not any(bundle.of("Provenance")):
        yield Issue("required", text="Provenance is missing")
    communication = next(bundle.of("Communication"))
    if len(codes(communication, "category")) != 1:
        yield Issue("value", text="Communication.category must have one code")
    if not any(text_at(payload, "contentString") for payload in items(communication, "payload")):
        yield Issue("required", text="Communication.payload has no text")
    receiver = bundle.referred(next(iter(items(next(iter(items(header, "destination")), {}), "receiver")), None))
    if identifier_of(receiver, SOR) != ours.sor:
        yield _UNKNOWN_RECEIVER

"""What a municipality's FHIR system writes to us: a reply in the thread of one of our messages."""

from typing import Any
from uuid import UUID, uuid4

import orjson

from matching.reports.formats.carecommunication import Author, Segment, Sender, care_communication
from tests.support.cases_reported import HOME, NOW, OURS, PERSON

_AUTHOR = Author("Prøve", "Sagsbehandler", "Visitator", "00000000")


def a_reply(answers: UUID, *, header: UUID | None = None, bundle: UUID | None = None) -> bytes:
    """A reply to the message `answers`, as MedCom's profile has it; each has a header and a bundle of its own."""
    ours = Segment(answers, "Hvad vi skrev", NOW)
    theirs = Segment(header or uuid4(), "Tak, det har vi noteret.", NOW)
    sender = Sender(HOME, _AUTHOR)
    return care_communication([ours, theirs], uuid4(), PERSON, sender, OURS, bundle_id=bundle or uuid4(), now=NOW)


def without(body: bytes, kind: str) -> bytes:
    """The message without its resources of a type."""
    document: dict[str, Any] = orjson.loads(body)
    document["entry"] = [one for one in document["entry"] if one["resource"]["resourceType"] != kind]
    return orjson.dumps(document)

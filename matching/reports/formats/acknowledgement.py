"""MedCom Acknowledgement 2.0.3, both ways: the answer to a message, and what an answer of theirs means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import orjson

from matching.reports.formats.facts import Organisation, written
from matching.reports.formats.fhir import Resource, coding, concept, entry, instant, stable
from matching.reports.formats.fhir import reference as ref
from matching.reports.formats.medcom import BASE, TERMS, header, organisation, profile, provenance
from matching.reports.formats.narrative import narrative
from providers.errors import GenvejError
from providers.words import N_

_PROFILES = f"{BASE}/acknowledgement/StructureDefinition"
_DEFINITION = f"{BASE}/messagedefinitions/MessageDefinition/MedComAcknowledgementMessageDefinition|2.0"
_ERRORS = f"{TERMS}/medcom-acknowledgement-error-codes"


class NotAnAcknowledgement(GenvejError):
    code: ClassVar[str] = "not_an_acknowledgement"
    message: ClassVar[str] = N_("Svaret er ikke en kvittering, som portalen kan læse.")


class AckCode(StrEnum):
    """`ok` = loaded, also a second time; `transient-error` = send again; `fatal-error` = never unchanged."""

    OK = "ok"
    TRANSIENT = "transient-error"
    FATAL = "fatal-error"


@dataclass(frozen=True, slots=True)
class Issue:
    """What was wrong: `code` of FHIR's issue types, `error` of MedCom's error codes, or words."""

    code: str
    error: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An answer as it was read. `answers` is the MessageHeader.id of the message; `said` is for people."""

    id: str
    answers: str
    code: AckCode
    said: str


def acknowledge(
    answers: UUID,
    answered_provenance: Resource | None,
    code: AckCode,
    sender: Organisation,
    receiver: Organisation,
    *,
    ack_id: UUID,
    bundle_id: UUID,
    now: datetime,
    issues: Sequence[Issue] = (),
) -> bytes:
    """The answer to the message `answers`, whose latest Provenance travels back unchanged.

    Raises ValueError for an error that says nothing (invariant `medcom-acknowledgement-1`).
    """
    if code is not AckCode.OK and not issues:
        raise ValueError("an error says what was wrong")
    ours, theirs = organisation(sender), organisation(receiver)
    # Their Provenance names them as they do, and must find them here.
    theirs["id"] = named_by(answered_provenance) or theirs["id"]
    outcome = _outcome(ack_id, issues) if issues else None
    response = {
        "identifier": str(answers),
        "code": code.value,
        "details": ref(outcome) if outcome else None,
    }
    message = header(
        ack_id,
        event="acknowledgement-message",
        profile=f"{_PROFILES}/medcom-messaging-acknowledgementHeader",
        sender=ours,
        receiver=theirs,
        definition=_DEFINITION,
        response=response,
    )
    own = provenance(ack_id, "acknowledgement", now, ours, sources=[], revises=answers)
    resources = [message, ours, theirs, outcome, answered_provenance, own]
    return written(
        {
            "resourceType": "Bundle",
            "id": str(bundle_id),
            "meta": profile(f"{_PROFILES}/medcom-messaging-acknowledgement"),
            "type": "message",
            "timestamp": instant(now),
            "entry": [entry("https://medcomfhir.dk/ig/acknowledgement", one) for one in resources if one is not None],
        }
    )


def named_by(provenance: Resource | None) -> str | None:
    """The id of the organisation that a Provenance is by."""
    agents = (provenance or {}).get("agent") or [{}]
    who = str(agents[0].get("who", {}).get("reference", "")) if isinstance(agents[0], dict) else ""
    return who.removeprefix("Organization/") if who.startswith("Organization/") else None


def read_acknowledgement(body: bytes) -> Acknowledgement:
    """An answer of theirs; raises NotAnAcknowledgement for anything else."""
    try:
        resources = [item["resource"] for item in orjson.loads(body)["entry"]]
        head = next(one for one in resources if one["resourceType"] == "MessageHeader")
        response = head["response"]
        return Acknowledgement(
            id=str(head["id"]),
            answers=str(response["identifier"]),
            code=AckCode(response["code"]),
            said=_said(resources),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
        raise NotAnAcknowledgement from error


def _outcome(ack_id: UUID, issues: Sequence[Issue]) -> Resource:
    return {
        "resourceType": "OperationOutcome",
        "id": stable("outcome", ack_id),
        "meta": profile(f"{_PROFILES}/medcom-acknowledgement-operationoutcome"),
        "text": narrative("Hvad der var galt", "What was wrong"),
        "issue": [
            {
                "severity": "information" if issue.code == "duplicate" else "error",
                "code": issue.code,
                "details": concept(coding(_ERRORS, issue.error)) if issue.error else {"text": issue.text},
            }
            for issue in issues
        ],
    }


def _said(resources: Sequence[dict[str, Any]]) -> str:
    """The issues in one line, as codes or words; at most 300 characters."""
    issues = [issue for one in resources if one["resourceType"] == "OperationOutcome" for issue in one["issue"]]
    return "; ".join(_words(issue.get("details", {})) or issue["code"] for issue in issues)[:300]


def _words(details: dict[str, Any]) -> str:
    return ", ".join(code["code"] for code in details.get("coding", [])) or details.get("text", "")

"""What municipalities send: kept word for word first, then answered, and only then acted on (`interpreting`).

Sending the same again changes nothing, nor does a message of MedCom's in a new bundle: it is known by its header.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from matching.models import InboundKind, Report
from matching.reports.formats.acknowledgement import Issue
from matching.reports.formats.incoming import Incoming, Message
from providers.database import fetch_one, fetch_value, transaction
from providers.jobs import enqueue
from providers.scope import Scope
from providers.vault import Vault

INTERPRET = "interpret"
"""The name of the wake-up job; its payload is the municipality's code, a colon and the message's number."""

UNREADABLE = "Neither an acknowledgement, nor a reply, nor a plan"

_KEEP = """
INSERT INTO inbound_message (municipality_id, received_at, digest, body, header, bundle, kind, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id
"""
_KNOWN = """
SELECT id, kind, note FROM inbound_message
WHERE municipality_id = $1 AND (digest = $2 OR header = $3) ORDER BY id LIMIT 1
"""
_BUNDLE = "SELECT EXISTS (SELECT FROM inbound_message WHERE municipality_id = $1 AND bundle = $2 AND header <> $3)"

NOT_OURS = Issue("not-found", text="Answers no report of this municipality")
_BUNDLE_AGAIN = Issue("conflict", text="The Bundle's id was used for another message")


@dataclass(frozen=True, slots=True)
class Kept:
    """`known`: it was here before. `refusal` is why it will not be acted on; empty when it will be."""

    id: int
    known: bool
    refusal: str


async def keep(body: bytes, found: Incoming, municipality: str, *, now: datetime, vault: Vault) -> Kept:
    """Keep a message of a municipality's system, and have the worker act on it unless it cannot be used.

    Raises Busy when the database cannot take it now.
    """
    digest = vault.digest("inbound", hashlib.sha256(body).hexdigest())
    message = found.message
    header = str(message.header) if message else None
    async with transaction(Scope(municipality=municipality)):
        known = await fetch_one(_KNOWN, municipality, digest, header)
        if known is not None:
            return _kept(known)
        refusal = await _refusal(found, municipality)
        row = await fetch_one(
            _KEEP,
            *(municipality, now, digest, vault.seal(body), header, message.bundle if message else None),
            *(InboundKind.UNREADABLE.value if refusal else None, refusal[:300] or None),
        )
        if row is None:
            # The same came a second time, at this very moment.
            return _kept(await fetch_one(_KNOWN, municipality, digest, header))
        if not refusal:
            await enqueue(INTERPRET, f"{municipality}:{row['id']}".encode())
    return Kept(row["id"], known=False, refusal=refusal)


def _kept(row: Any) -> Kept:
    refused = row["kind"] == InboundKind.UNREADABLE
    return Kept(row["id"], known=True, refusal=(row["note"] or "") if refused else "")


async def _refusal(found: Incoming, municipality: str) -> str:
    """Why nobody can act on it, in English for the sender's technicians; empty when somebody can."""
    if found.message is not None:
        issues = [*found.message.issues, *await _misplaced(found.message, municipality)]
        return "; ".join(str(issue.error or issue.text) for issue in issues)
    # A CareCommunication that does not say whom to answer is none.
    return UNREADABLE if found.kind in {InboundKind.UNREADABLE, InboundKind.REPLY} else ""


async def _misplaced(message: Message, municipality: str) -> list[Issue]:
    """What is wrong with it here, however well it is written. A case that we do not know has no thread with us."""
    known = message.answers is not None and await report_of(message.answers) is not None
    again = await fetch_value(_BUNDLE, municipality, message.bundle, str(message.header))
    return [*([] if known else [NOT_OURS]), *([_BUNDLE_AGAIN] if again else [])]


async def report_of(message_id: str) -> Report | None:
    """The report with this id, locked; None outside the open transaction's scope, or for text that is no id."""
    try:
        wanted = UUID(message_id)
    except ValueError:
        return None
    return await Report.select_for_update().get_or_none(id=wanted)

"""MedCom's Acknowledgement of a message of a municipality's, which is the answer to its request."""

from datetime import datetime
from uuid import uuid4

from matching.reports.formats.acknowledgement import AckCode, Issue, acknowledge
from matching.reports.formats.facts import Organisation
from matching.reports.formats.incoming import Incoming, Message
from matching.reports.inbound import Kept, keep
from providers.errors import Busy
from providers.vault import Vault

_AGAIN = Issue("duplicate", text="Received before")
_LATER = Issue("transient", "MSG_Mailbox_Out_Of_Operation")


async def receive_message(
    body: bytes,
    found: Incoming,
    message: Message,
    municipality: str,
    *,
    ours: Organisation,
    now: datetime,
    vault: Vault,
) -> bytes:
    """Keep the message and say so: `ok`, again for one that was here before; `fatal-error` for what breaks its profile
    or concerns no case of ours; `transient-error` when it cannot be kept now, and is to be sent again.

    `ours` is who answers, with both its numbers.
    """
    try:
        kept = await keep(body, found, municipality, now=now, vault=vault)
    except Busy:
        return _receipt(message, AckCode.TRANSIENT, [_LATER], ours, now)
    return _receipt(message, *_said(kept, message), ours, now)


def _said(kept: Kept, message: Message) -> tuple[AckCode, list[Issue]]:
    """A message that is sent again is answered as it was the first time."""
    if kept.refusal:
        return AckCode.FATAL, list(message.issues) or [Issue("processing", text=kept.refusal)]
    return AckCode.OK, [_AGAIN] if kept.known else []


def _receipt(message: Message, code: AckCode, issues: list[Issue], ours: Organisation, now: datetime) -> bytes:
    return acknowledge(
        message.header,
        message.provenance,
        code,
        ours,
        message.sender,
        ack_id=uuid4(),
        bundle_id=uuid4(),
        now=now,
        issues=issues,
    )

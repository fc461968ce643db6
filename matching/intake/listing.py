"""What has come in and what became of it, as a municipality sees it, and what can be done about the unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from orjson import loads

from matching.audit import audit
from matching.intake.arriving import findings_of
from matching.intake.draft import Draft
from matching.intake.elements import Unreadable
from matching.intake.findings import Finding
from matching.intake.reading import drafts_in
from matching.intake.storing import stored_file
from matching.models import ArrivalState, MessageSource
from providers.actors import Actor
from providers.database import execute, fetch, fetch_one, fetch_value, looking, transaction
from providers.errors import GenvejError
from providers.scope import Scope
from providers.vault import Vault
from providers.words import N_

PURPOSE = "import"


class ArrivalUnknown(GenvejError):
    """There is no such unread message, or not any more, or it is another municipality's."""

    code: ClassVar[str] = "arrival_unknown"
    message: ClassVar[str] = N_("Beskeden venter ikke længere. Genindlæs siden, og se, hvad der er sket.")


@dataclass(frozen=True, slots=True)
class Arrived:
    """One plan of a message. `file` is what the sender called it; `plan_id` the case that it is."""

    id: int
    at: datetime
    source: MessageSource
    file: str
    message_id: str | None
    state: ArrivalState
    findings: tuple[Finding, ...]
    plan_id: int | None
    case_reference: str | None


_LIST = """
SELECT a.id, a.at, m.source, m.name, a.message_id, a.state, a.findings, a.plan_id, p.case_reference
FROM arrival a JOIN raw_message m ON m.id = a.raw_message_id LEFT JOIN plan p ON p.id = a.plan_id
WHERE ($1::text IS NULL OR a.state = $1) AND ($2::bigint IS NULL OR a.id < $2)
ORDER BY a.id DESC LIMIT $3
"""
_SET_ASIDE = "UPDATE arrival SET state = 'discarded', at = $2 WHERE id = $1 AND state = 'failed'"
_UNREAD = "SELECT raw_message_id, position FROM arrival WHERE id = $1 AND state = 'failed'"


async def arrivals(vault: Vault, *, state: ArrivalState | None, after: int | None, limit: int) -> list[Arrived]:
    """The newest first, of the municipality whose scope the open transaction has."""
    return [
        Arrived(
            id=record["id"],
            at=record["at"],
            source=MessageSource(record["source"]),
            file=vault.open(record["name"]).decode(),
            message_id=record["message_id"],
            state=ArrivalState(record["state"]),
            findings=findings_of(loads(record["findings"])),
            plan_id=record["plan_id"],
            case_reference=record["case_reference"],
        )
        for record in await fetch(_LIST, state and state.value, after, limit)
    ]


async def unread_count() -> int:
    """How many plans wait to be looked at, in the scope of the open transaction."""
    return int(await fetch_value("SELECT count(*) FROM arrival WHERE state = 'failed'"))


async def set_aside(arrival_id: int, *, municipality: str, actor: Actor, now: datetime) -> None:
    """Take an unread plan off the list; the message stays until it is forgotten. Raises ArrivalUnknown."""
    async with transaction(Scope(municipality=municipality)):
        if await execute(_SET_ASIDE, arrival_id, now) != "UPDATE 1":
            raise ArrivalUnknown
        await audit("message_set_aside", actor=actor, now=now, purpose=PURPOSE)


async def unread_draft(arrival_id: int, *, municipality: str, vault: Vault) -> Draft:
    """What an unread message says, as far as it can be made out, for somebody who completes it by hand.

    The caller writes that it was looked at. Raises ArrivalUnknown.
    """
    async with looking(Scope(municipality=municipality)):
        waiting = await fetch_one(_UNREAD, arrival_id)
        file = await stored_file(waiting["raw_message_id"], vault) if waiting else None
    if waiting is None or file is None:
        raise ArrivalUnknown
    try:
        drafts: Sequence[Draft] = drafts_in(file.body)
    except Unreadable:
        return Draft()
    return drafts[waiting["position"]] if waiting["position"] < len(drafts) else Draft()

"""Letters to many citizens at once: how each case stands before, and which letters there are afterwards."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matching.informing.telling import occasion
from matching.models import Channel, MessageState
from matching.states import PLAN_STEPS, PlanState
from providers.database import fetch

_STANDING = """
SELECT p.id AS plan_id, p.case_reference, p.state, p.code_issued_on,
    (SELECT coalesce(max(e.sequence), 0) FROM case_event e WHERE e.plan_id = p.id) AS seen,
    EXISTS (SELECT FROM message m WHERE m.plan_id = p.id AND m.state = 'queued'
            AND starts_with(m.once, 'letter:' || p.id || ':')) AS waits
FROM plan p WHERE p.id = ANY ($1::bigint[]) AND p.municipality_id = $2 ORDER BY p.case_reference, p.id
"""
_MADE = "SELECT id, plan_id, channel, state FROM message WHERE once = ANY ($1::text[])"


@dataclass(frozen=True, slots=True)
class Standing:
    """A case before its letter. `seen` is the number of its last event; `waits`: a letter with codes is on its way."""

    plan_id: int
    case_reference: str
    state: PlanState
    code_issued_on: date | None
    seen: int
    waits: bool

    @property
    def is_over(self) -> bool:
        return not PLAN_STEPS[self.state]


@dataclass(frozen=True, slots=True)
class Made:
    """A letter that is there, and whether it still waits to be printed."""

    message_id: UUID
    channel: Channel
    waits: bool


async def standing_of(plan_ids: Collection[int], municipality: str) -> list[Standing]:
    """The municipality's own cases among these, in the order of their numbers; in its scope."""
    rows = await fetch(_STANDING, sorted(plan_ids), municipality)
    return [Standing(**{**row, "state": PlanState(row["state"])}) for row in rows]


async def letters_made(seen: Mapping[int, int]) -> dict[int, Made]:
    """Case → its letter, of those that were made when their last event was the one that is named; in their scope.

    So whoever asks for the same letters again learns that they are there, and makes no others.
    """
    rows = await fetch(_MADE, [occasion(plan_id, number) for plan_id, number in seen.items()])
    return {
        row["plan_id"]: Made(UUID(bytes=row["id"].bytes), Channel(row["channel"]), _waits(row["channel"], row["state"]))
        for row in rows
    }


def _waits(channel: str, state: str) -> bool:
    return channel == Channel.PRINT and state == MessageState.QUEUED

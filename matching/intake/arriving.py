"""What became of each plan of a message, as it stands on the lists."""

from collections.abc import Sequence
from datetime import datetime

from orjson import dumps

from matching.intake.findings import Finding, Problem
from matching.intake.items import Item
from providers.database import execute

# Bringing a message again tells nothing new of a plan that was taken in; of an unread one it may.
_NOTE = """
INSERT INTO arrival (raw_message_id, position, municipality_id, message_id, plan_id, state, findings, at)
SELECT w.raw_message_id, w.position, $1, w.message_id, w.plan_id, w.state, w.findings::jsonb, $2
FROM unnest($3::bigint[], $4::int[], $5::text[], $6::bigint[], $7::text[], $8::text[])
    AS w(raw_message_id, position, message_id, plan_id, state, findings)
ON CONFLICT (raw_message_id, position) DO UPDATE
SET municipality_id = excluded.municipality_id, message_id = excluded.message_id, plan_id = excluded.plan_id,
    state = excluded.state, findings = excluded.findings, at = excluded.at
WHERE arrival.state IN ('failed', 'discarded') OR excluded.state IN ('taken', 'changed')
"""
# A file that nobody was named for is filed with the one municipality that all of its plans are for.
_FILE = """
UPDATE raw_message SET municipality_id = $1 WHERE municipality_id IS NULL AND id = ANY ($2::bigint[])
"""


async def note_arrivals(items: Sequence[Item], municipality: str | None, *, now: datetime) -> None:
    """Write down what became of the items, in the open transaction; of equal ones the first."""
    once = {(item.raw_message_id, item.position): item for item in reversed(items)}.values()
    await execute(
        _NOTE,
        municipality,
        now,
        [item.raw_message_id for item in once],
        [item.position for item in once],
        [item.reading.message_id for item in once],
        [item.plan_id for item in once],
        [item.state.value for item in once],
        [dumps([[finding.problem.value, finding.place] for finding in item.findings]).decode() for item in once],
    )


async def file_messages(raw_message_ids: Sequence[int], municipality: str) -> None:
    """The messages belong to the municipality from now on, unless they belong to one already."""
    await execute(_FILE, municipality, raw_message_ids)


def findings_of(kept: Sequence[Sequence[str]]) -> tuple[Finding, ...]:
    """The findings of an arrival's row."""
    return tuple(Finding(Problem(code), place) for code, place in kept)

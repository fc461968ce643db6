"""Messages that could not be read, tried again: from what was kept, with what is known by now."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from matching.intake.directory import Directory
from matching.intake.items import Item, items_of
from matching.intake.listing import ArrivalUnknown
from matching.intake.reading import read_message
from matching.intake.storing import File, stored_file
from matching.intake.taking import write
from providers.actors import Actor
from providers.clock import local_date
from providers.database import fetch, transaction
from providers.scope import Scope
from providers.vault import Vault

MOST = 100
"""Unread plans that are tried again at once."""

_WAITING = """
SELECT raw_message_id, array_agg(position) AS positions FROM (
    SELECT raw_message_id, position FROM arrival
    WHERE state = 'failed' AND ($1::bigint[] IS NULL OR id = ANY ($1)) ORDER BY id DESC LIMIT $2
) AS w GROUP BY raw_message_id ORDER BY raw_message_id
"""


async def try_again(
    arrival_ids: Sequence[int] | None,
    *,
    municipality: str,
    directory: Directory,
    actor: Actor,
    now: datetime,
    vault: Vault,
) -> list[Item]:
    """What becomes of these unread plans, or of the newest ones of all, now. Raises ArrivalUnknown for none."""
    items: list[Item] = []
    for raw_message_id, positions, file in await _kept(arrival_ids, municipality, vault):
        readings = await asyncio.to_thread(read_message, file.body, today=local_date(now), directory=directory)
        found = items_of(raw_message_id, readings, municipality=municipality, names=directory.names, vault=vault)
        items += [item for item in found if item.position in positions]
    if not items:
        raise ArrivalUnknown
    await write(items, actor=actor, now=now, vault=vault)
    return items


async def _kept(
    arrival_ids: Sequence[int] | None, municipality: str, vault: Vault
) -> list[tuple[int, frozenset[int], File]]:
    kept = []
    async with transaction(Scope(municipality=municipality), read_only=True):
        for record in await fetch(_WAITING, arrival_ids, MOST):
            if file := await stored_file(record["raw_message_id"], vault):
                kept.append((record["raw_message_id"], frozenset(record["positions"]), file))
    return kept

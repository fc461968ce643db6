"""How quick delivery is when all is well: beside a bare httpx loop that posts the same bytes to the same receivers."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from time import perf_counter
from typing import Any

import asyncpg
import httpx

from matching.reports.delivery import deliver_due
from matching.reports.sending import Sender
from matching.reports.signing import signed_headers
from matching.reports.webhook import report_client
from portal.bench.figures import Figure, Pair, Turn
from portal.bench.load import BadAnswer
from portal.bench.measuring import Effort, measure
from portal.settings import Settings
from providers.database import WORKER_ROLE, connect, connected

_MUNICIPALITIES, _EACH, _ROUNDS = 8, 20, 5
_CHOSEN = """
SELECT r.id, r.body, c.url, c.municipality_id AS code FROM report_channel c
JOIN LATERAL (SELECT * FROM report WHERE channel_id = c.id ORDER BY plan_id, sequence LIMIT $2) r ON true
WHERE c.municipality_id = ANY ($1) ORDER BY c.municipality_id, r.plan_id, r.sequence
"""
_AGAIN = """
UPDATE report SET state = 'queued', attempts = 0, next_at = $2, claimed_until = NULL, delivered_at = NULL
WHERE id = ANY ($1)
"""
_LEFT = "SELECT count(*) FROM report WHERE id = ANY ($1) AND state <> 'delivered'"


async def race(url: str, settings: Settings, secrets: Mapping[str, str]) -> Figure:
    """Reports in a second, of eight municipalities side by side; `secrets` are those of webhooks that are well."""
    owner = await connect(url)
    try:
        chosen = await owner.fetch(_CHOSEN, sorted(secrets)[:_MUNICIPALITIES], _EACH)
        async with (
            connected(url, role=WORKER_ROLE, pool_size=10),
            report_client(settings.targets) as guarded,
            httpx.AsyncClient() as bare,
        ):
            sender = Sender(guarded, settings.vault(), settings.policy)
            pair = Pair(
                "reports delivered, eight municipalities side by side",
                "reports/s",
                lambda: _ours(owner, sender, [record["id"] for record in chosen]),
                lambda: _bare(bare, chosen, secrets),
                "httpx posting the same bytes",
            )
            return await measure(pair, Effort(_ROUNDS, 0))
    finally:
        await owner.close()


async def _ours(owner: asyncpg.Connection, sender: Sender, numbers: Sequence[Any]) -> Turn:
    """Everything that belongs to a delivery: claim, signature, guard against wrong addresses, attempt, mark."""
    now = datetime.now(UTC)
    await owner.execute(_AGAIN, numbers, now)
    began = perf_counter()
    await deliver_due(sender=sender, now=now)
    taken = perf_counter() - began
    if left := await owner.fetchval(_LEFT, numbers):
        raise BadAnswer(f"{left} reports were not delivered")
    return Turn(len(numbers) / taken)


async def _bare(client: httpx.AsyncClient, chosen: Sequence[Any], secrets: Mapping[str, str]) -> Turn:
    """One loop for each municipality; what is posted was signed before."""
    now, taken = datetime.now(UTC), list[float]()
    posts = [
        [(one["url"], one["body"], signed_headers(one["id"], one["body"], [secrets[code]], now)) for one in group]
        for code, group in groupby(chosen, lambda record: record["code"])
    ]
    began = perf_counter()
    await asyncio.gather(*(_post_all(client, post, taken) for post in posts))
    return Turn(len(chosen) / (perf_counter() - began), taken)


async def _post_all(
    client: httpx.AsyncClient, posts: Sequence[tuple[str, bytes, dict[str, str]]], taken: list[float]
) -> None:
    for url, body, headers in posts:
        began = perf_counter()
        answer = await client.post(url, content=body, headers={**headers, "Content-Type": "application/json"})
        taken.append((perf_counter() - began) * 1000)
        if not answer.is_success:
            raise BadAnswer(f"a receiver answered {answer.status_code}")

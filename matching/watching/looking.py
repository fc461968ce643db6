"""The worker looks, each minute, for what citizens wait for: those first that were looked at longest ago."""

from datetime import datetime, timedelta

import orjson

from matching.cases import Case, read_case
from matching.finding.terms import PlanNotReady, terms_of_case
from matching.messages.contacts import channels_of
from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Recipient, Watch
from matching.policy import Policy
from matching.watching.first_time import FirstTime, first_time
from matching.watching.wanted import is_news, wanted_of
from matching.watching.watches import is_over
from providers.database import execute, fetch, fetch_models, transaction
from providers.scope import Scope
from providers.vault import Vault

TIME_FOUND = "time_found"
"""The template of the message; its sealed content says when the time begins."""

_PAUSE = timedelta(seconds=45)
_LOCK = "SELECT * FROM watch WHERE id = $1 FOR UPDATE SKIP LOCKED"


async def look_at_watches(now: datetime, *, policy: Policy, vault: Vault, most: int = 500) -> int:
    """Tell everybody who has something to hear; the answer counts the watches looked at."""
    due = await fetch("SELECT id, plan_id FROM genvej_due_watches($1, $2)", now - _PAUSE, most)
    for row in due:
        async with transaction(Scope(plan=row["plan_id"])):
            for watch in await fetch_models(Watch, _LOCK, row["id"]):
                await _look(watch, await read_case(watch.plan_id, now), policy, vault)
    return len(due)


async def _look(watch: Watch, case: Case, policy: Policy, vault: Vault) -> None:
    channels = await channels_of(watch.plan_id)
    if watch.until <= case.now or is_over(case) or not channels:
        await execute("DELETE FROM watch WHERE id = $1", watch.id)
        return
    first = await _first(watch, case, policy)
    if first is not None and is_news(watch.known_at, first.starts_at):
        for channel in channels:
            await queue_message(_draft(watch, first, channel, vault), now=case.now)
    known_at = first.starts_at if first else None
    await execute("UPDATE watch SET known_at = $2, looked_at = $3 WHERE id = $1", watch.id, known_at, case.now)


async def _first(watch: Watch, case: Case, policy: Policy) -> FirstTime | None:
    try:
        return await first_time(terms_of_case(case, policy), wanted_of(watch))
    except PlanNotReady:
        return None


def _draft(watch: Watch, first: FirstTime, channel: Channel, vault: Vault) -> Draft:
    """Of one time once, however often it is held and let go meanwhile."""
    return Draft(
        f"watch:{watch.id}:{first.slot_id}:{channel.value}",
        TIME_FOUND,
        channel,
        Recipient.CITIZEN,
        plan=watch.plan_id,
        content=vault.seal(orjson.dumps({"starts_at": first.starts_at})),
        quiet=True,
        until=first.starts_at,
    )

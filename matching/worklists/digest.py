"""Each morning the caseworkers of a municipality hear how many tasks wait: two numbers, and nothing of anybody."""

from datetime import datetime, timedelta

from orjson import dumps

from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Recipient
from matching.worklists.listing import Question, count_tasks
from matching.worklists.rules import URGENT
from providers.clock import local_date
from providers.database import fetch, transaction
from providers.scope import Scope
from providers.vault import Vault

TASKS_WAIT = "tasks_wait"
"""The template's name."""

_WORTH_SAYING = timedelta(hours=12)
_COLLEAGUES = """
SELECT m.municipality_id AS municipality, array_agg(DISTINCT m.account_id ORDER BY m.account_id) AS accounts
FROM membership m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
WHERE m.role = 'visitator' AND m.municipality_id IS NOT NULL AND (m.ended_at IS NULL OR m.ended_at > $1)
GROUP BY m.municipality_id ORDER BY m.municipality_id
"""


async def send_digests(now: datetime, vault: Vault) -> int:
    """Queue today's mails; asked again the same day, nobody hears twice. The answer counts those who are written to.

    Where nothing waits, nobody is disturbed.
    """
    told = 0
    for row in await fetch(_COLLEAGUES, now):
        async with transaction(Scope(municipality=row["municipality"])):
            counts = await count_tasks(Question(row["municipality"]), now=now)
            if not any(counts.values()):
                continue
            urgent = sum(counts.get(task, 0) for task in URGENT)
            content = vault.seal(dumps({"urgent": urgent, "all": sum(counts.values())}))
            for account in row["accounts"]:
                told += await queue_message(_draft(account, content, now), now=now)
    return told


def _draft(account: int, content: bytes, now: datetime) -> Draft:
    once = f"tasks:{account}:{local_date(now)}"
    until = now + _WORTH_SAYING
    return Draft(
        once, TASKS_WAIT, Channel.EMAIL, Recipient.ACCOUNT, account=account, content=content, quiet=True, until=until
    )

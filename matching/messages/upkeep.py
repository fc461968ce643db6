"""What a provider is told because time passes: its times are old, or an approval ends. Each is said once.

The occasion is the confirmation that has grown old, or the approval and its limit; so whoever confirms today is told
again when that, too, has grown old.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from asyncpg import Record

from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Recipient
from matching.policy import Policy
from providers.approving.reading import ending_approvals
from providers.clock import local_date
from providers.database import fetch, transaction

CAPACITY_OLD, APPROVAL_ENDS = "capacity_old", "approval_ends"
WARNED = (60, 30, 7)
"""Days before an approval's last one on which its provider is warned."""

_BATCH = 200

# Sites that may deliver something, whose people have not been told of this confirmation yet.
_OLD = """
SELECT s.id, s.provider_id, s.notice_email IS NOT NULL AS has_mail, s.capacity_confirmed_at AS since
FROM site s
WHERE s.capacity_confirmed_at < $1 AND s.id > $2
  AND EXISTS (SELECT FROM approval a WHERE a.site_id = s.id AND a.state = 'approved')
  AND NOT EXISTS (
      SELECT FROM message m WHERE m.site_id = s.id AND m.template = 'capacity_old'
        AND m.created_at > s.capacity_confirmed_at
  )
ORDER BY s.id LIMIT $3
"""

_OWNERS = """
SELECT m.provider_id, m.account_id FROM membership m JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
WHERE m.provider_id = ANY ($1) AND m.role = 'clinic_owner' AND (m.ended_at IS NULL OR m.ended_at > $2)
ORDER BY m.id
"""


async def remind_of_capacity(now: datetime, policy: Policy) -> int:
    """Write to the sites whose times are old; the answer counts the sites."""
    after = told = 0
    while sites := await fetch(_OLD, now - policy.remind_after, after, _BATCH):
        owners = await _owners([site["provider_id"] for site in sites if not site["has_mail"]], now)
        async with transaction():
            for site in sites:
                await _remind(site, owners.get(site["provider_id"], []), now)
        after, told = sites[-1]["id"], told + len(sites)
    return told


async def warn_of_endings(now: datetime) -> int:
    """Tell the owners of the approvals that end; the answer counts the approvals."""
    today = local_date(now)
    ending = await ending_approvals(today, timedelta(days=max(WARNED)), limit=100_000)
    owners = await _owners([one.provider_id for one in ending], now)
    async with transaction():
        for one in ending:
            left = (one.valid_to - today).days if one.valid_to else 0
            limit = min(days for days in WARNED if left <= days)
            for account in owners.get(one.provider_id, []):
                once = f"{APPROVAL_ENDS}:{one.id}:{one.valid_to}:{limit}:{account}"
                await queue_message(_to(account, once, APPROVAL_ENDS), now=now)
    return len(ending)


async def _remind(site: Record, owners: Sequence[int], now: datetime) -> None:
    """The site's own mail box, or else everybody who answers for it."""
    once = f"{CAPACITY_OLD}:{site['id']}:{site['since']:%Y%m%dT%H%M%S}"
    if site["has_mail"]:
        draft = Draft(once, CAPACITY_OLD, Channel.EMAIL, Recipient.SITE, site=site["id"], quiet=True)
        await queue_message(draft, now=now)
    for account in owners if not site["has_mail"] else ():
        await queue_message(_to(account, f"{once}:{account}", CAPACITY_OLD, site["id"]), now=now)


def _to(account: int, once: str, template: str, site: int | None = None) -> Draft:
    return Draft(once, template, Channel.EMAIL, Recipient.ACCOUNT, site=site, account=account, quiet=True)


async def _owners(providers: Sequence[int], now: datetime) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in await fetch(_OWNERS, list(set(providers)), now):
        found.setdefault(row["provider_id"], []).append(row["account_id"])
    return found

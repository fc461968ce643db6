"""The offer table: for every approval under every agreement, where it is and when it next has a free seat.

Offers are derived. Whoever changes an approval, an agreement, a practitioner or a site calls `rebuild_offers`;
whoever changes seats locks the sites' offers and then calls `refresh_next_free`, both in its own transaction. The
two are separate statements because only a statement begun after the lock was granted sees what another
transaction has just taken.

`now` may lie ahead: nobody is given a time sooner than the policy's notice, so whoever knows that notice looks from
its end, and the first free time is then one that can be booked. A notice that is made shorter shows after as long as
it was shortened by.
"""

from collections.abc import Collection
from datetime import datetime

from providers.database import execute, fetch_value
from providers.free_kinds import FREE_KINDS

# An offer holds from the Danish midnight that opens its first day to the one that closes its last.
_WANTED = """
SELECT s.id AS site_id, a.id AS approval_id, g.id AS agreement_id, a.package_level_id, s.point,
       CASE g.basis WHEN 'own' THEN 'municipal' ELSE g.basis END AS kind,
       g.municipality_id,
       day.first::timestamp AT TIME ZONE 'Europe/Copenhagen' AS valid_from,
       (day.last + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen' AS valid_until
FROM approval a
JOIN site s ON s.id = a.site_id
JOIN agreement g ON g.provider_id = s.provider_id
JOIN package_level pl ON pl.id = a.package_level_id
JOIN package p ON p.code = pl.package_id
CROSS JOIN LATERAL (
    SELECT greatest(a.valid_from, g.valid_from, p.valid_from) AS first,
           least(a.valid_to, g.valid_to, p.valid_to) AS last
) day
WHERE a.state = 'approved'
  AND (day.last IS NULL OR day.first <= day.last)
  AND EXISTS (
      SELECT FROM practitioner t
      WHERE t.site_id = s.id AND t.role = 'therapist' AND t.profession = ANY (p.professions)
        AND t.checked_at IS NOT NULL AND t.withdrawn_at IS NULL
  )
"""

_FREE = f"""
SELECT min(slot.starts_at) AS next_free, max(slot.starts_at) AS last_free, {FREE_KINDS} AS free_kinds
FROM slot CROSS JOIN LATERAL (SELECT slot.starts_at AT TIME ZONE 'Europe/Copenhagen' AS at) local
WHERE slot.site_id = {{offer}}.site_id
  AND slot.taken + slot.blocked_seats < slot.seats
  AND slot.starts_at >= greatest({{offer}}.valid_from, $1)
  AND ({{offer}}.valid_until IS NULL OR slot.starts_at < {{offer}}.valid_until)
  AND (slot.package_levels IS NULL OR {{offer}}.package_level_id = ANY (slot.package_levels))
"""

WANTED_OFFERS = f"SELECT * FROM ({_WANTED}) wanted CROSS JOIN LATERAL ({_FREE.format(offer='wanted')}) free"
"""What the offer table must hold at the instant `$1`; tests compare the table with it."""

_REMOVE = f"""
DELETE FROM offer USING (
    SELECT o.id FROM offer o LEFT JOIN ({_WANTED}) w USING (approval_id, agreement_id)
    WHERE w.approval_id IS NULL AND ($1::bigint[] IS NULL OR o.site_id = ANY ($1))
) gone WHERE offer.id = gone.id
"""

_WRITE = f"""
INSERT INTO offer (site_id, approval_id, agreement_id, package_level_id, point, kind, municipality_id,
                   valid_from, valid_until, next_free, last_free, free_kinds)
SELECT site_id, approval_id, agreement_id, package_level_id, point, kind, municipality_id,
       valid_from, valid_until, next_free, last_free, free_kinds
FROM ({WANTED_OFFERS}) offered
WHERE $2::bigint[] IS NULL OR site_id = ANY ($2)
ON CONFLICT (approval_id, agreement_id) DO UPDATE SET
    site_id = excluded.site_id, package_level_id = excluded.package_level_id, point = excluded.point,
    kind = excluded.kind, municipality_id = excluded.municipality_id, valid_from = excluded.valid_from,
    valid_until = excluded.valid_until, next_free = excluded.next_free, last_free = excluded.last_free,
    free_kinds = excluded.free_kinds
"""

# Most times that are taken are neither the first, the last nor the only one of their kind: then nothing is written.
_REFRESH = f"""
UPDATE offer SET next_free = fresh.next_free, last_free = fresh.last_free, free_kinds = fresh.free_kinds
FROM (
    SELECT o.id, free.* FROM offer o CROSS JOIN LATERAL ({_FREE.format(offer="o")}) free
    WHERE o.site_id = ANY ($2::bigint[])
) fresh
WHERE offer.id = fresh.id
  AND (offer.next_free, offer.last_free, offer.free_kinds)
      IS DISTINCT FROM (fresh.next_free, fresh.last_free, fresh.free_kinds)
"""

_PASSED = """
SELECT array_agg(DISTINCT site_id) FROM (
    SELECT site_id FROM (
        SELECT site_id FROM offer WHERE next_free < $1 ORDER BY next_free LIMIT $2
    ) due
) sites
"""


async def rebuild_offers(now: datetime, site_ids: Collection[int] | None = None) -> None:
    """Make the offers of these sites (of all, when None) what approvals, agreements and staff say."""
    sites = None if site_ids is None else list(site_ids)
    await execute(_REMOVE, sites)
    await execute(_WRITE, now, sites)


async def lock_offers(site_ids: Collection[int]) -> None:
    """Lock the sites' offers, in one order for everybody, until the transaction ends."""
    await execute("SELECT FROM offer WHERE site_id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE", list(site_ids))


async def refresh_next_free(site_ids: Collection[int], now: datetime) -> None:
    """Recompute what the sites' offers say of their free times; `lock_offers` must have been called before."""
    await execute(_REFRESH, now, list(site_ids))


async def sites_with_passed_offers(now: datetime, *, limit: int = 500) -> list[int]:
    """Sites whose first free seat has gone by unused: what the minute job has to refresh next."""
    return list(await fetch_value(_PASSED, now, limit) or [])

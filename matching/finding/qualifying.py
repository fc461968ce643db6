"""SQL that reads like the law: which slot of an offered site may be given to this citizen.

The same text serves the list, the times of one site and the booking itself, so that what is shown and what can be
booked cannot drift apart. It speaks of an offer `o`, its site `s` and a slot `t`; the names in braces are parameters.
"""

BASIS = """
CASE WHEN o.kind = 'municipal' AND o.municipality_id = {home} THEN 'own'
     WHEN o.kind = 'municipal' THEN 'other_municipality'
     ELSE o.kind END
"""

RANK = "array_position(ARRAY['own', 'contract', 'other_municipality', 'extended'], {basis})"
"""A site that can be reached in several ways stands once, in the way that costs the citizen least."""

REACHABLE = "(o.kind <> 'contract' OR o.municipality_id = {home})"
"""A contract serves the citizens of the municipality that made it, and nobody else (§ 140 stk. 3)."""

OFFERED = f"o.package_level_id = {{package_level}} AND {REACHABLE} AND {BASIS} = ANY ({{bases}}::text[])"
"""What of a site's offers is for this person at all."""

OPEN_SLOT = """
t.site_id = o.site_id
AND t.taken + t.blocked_seats < t.seats
AND t.starts_at >= greatest(
    o.valid_from, CASE o.kind WHEN 'extended' THEN {extended_not_before}::timestamptz ELSE {not_before}::timestamptz END
)
AND (o.valid_until IS NULL OR t.starts_at < o.valid_until)
AND (t.package_levels IS NULL OR o.package_level_id = ANY (t.package_levels))
AND (t.notice_hours IS NULL OR t.starts_at >= {now}::timestamptz + make_interval(hours => t.notice_hours::int))
"""
"""A time that is not taken, and that its clinic still gives away. Somebody may hold it for the moment."""

FREE_SEATS = """
t.seats - t.taken - t.blocked_seats - (
    SELECT count(*) FROM hold h WHERE h.slot_id = t.id AND h.until > {now} AND h.plan_id IS DISTINCT FROM {plan_id}
)
"""

FREE_SLOT = f"{OPEN_SLOT} AND {FREE_SEATS} > 0"

CURRENT_SITE = "s.capacity_confirmed_at >= {stale_before}"

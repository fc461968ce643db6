"""What the approver of the invented country has done so far, and what its sites say of doors and telephones."""

from datetime import datetime

from providers.database import execute

# Spread by number, so that some have waited longer than they should.
_APPLIED = """
UPDATE approval SET applied_at = CASE state
    WHEN 'applied' THEN $1::timestamptz - make_interval(days => id % 36, hours => id % 7)
    ELSE coalesce(decided_at, $1) - interval '9 days' END
WHERE applied_at IS NULL
"""

_DECIDED = """
INSERT INTO site_event (site_id, approval_id, kind, at, actor, reason, valid_from, valid_to)
SELECT site_id, id, state, decided_at, 'approver:demo', CASE state
    WHEN 'returned' THEN 'Send et bevis for kurset, som I nævner (opdigtet).'
    WHEN 'rejected' THEN 'Stedet har ikke en terapeut med det rette fag (opdigtet).'
    WHEN 'suspended' THEN 'Tilsynet venter på svar fra stedet (opdigtet).'
    WHEN 'withdrawn' THEN 'Stedet vil ikke levere det mere (opdigtet).'
    ELSE '' END, valid_from, valid_to
FROM approval WHERE state <> 'applied' AND decided_at IS NOT NULL
"""

_ASKED = """
INSERT INTO site_event (site_id, approval_id, kind, at, actor, reason)
SELECT site_id, id, 'applied', applied_at, 'clinic_owner:demo', 'Vi har tid og de rette terapeuter (opdigtet).'
FROM approval WHERE state = 'applied'
"""

# The demo's own clinic has something to answer.
_RETURNED = """
WITH clinic AS (SELECT id FROM provider WHERE kind = 'private' ORDER BY id LIMIT 1),
asked AS (
    INSERT INTO approval (site_id, package_level_id, state, valid_from, applied_at, decided_by, decided_at)
    SELECT s.id, pl.id, 'returned', $1::date, $1 - interval '12 days', 'approver:demo', $1 - interval '2 days'
    FROM site s JOIN clinic ON clinic.id = s.provider_id CROSS JOIN package_level pl
    WHERE NOT EXISTS (SELECT FROM approval a WHERE a.site_id = s.id AND a.package_level_id = pl.id)
    ORDER BY s.id, pl.id LIMIT 1 RETURNING *
)
INSERT INTO site_event (site_id, approval_id, kind, at, actor, reason)
SELECT site_id, id, 'applied', applied_at, 'clinic_owner:demo', 'Vi har taget kurset (opdigtet).' FROM asked
UNION ALL
SELECT site_id, id, 'returned', decided_at, 'approver:demo', 'Send et bevis for kurset (opdigtet).' FROM asked
"""

_FACTS = """
UPDATE site SET door_width_cm = CASE WHEN step_free THEN 80 + id % 4 * 5 END,
                phone_hours = 'mandag til torsdag 8.30-12', modes = there.modes
FROM (SELECT site_id, array_agg(DISTINCT mode) AS modes FROM slot GROUP BY site_id) there
WHERE there.site_id = site.id
"""


async def add_supervision(now: datetime) -> None:
    """In the caller's transaction, once the sites, their approvals and their slots are there."""
    await execute(_APPLIED, now)
    await execute(_DECIDED)
    await execute(_ASKED)
    await execute(_RETURNED, now)
    await execute(_FACTS)

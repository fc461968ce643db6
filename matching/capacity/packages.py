"""For what times may be kept: some of what a site is approved for, rather than all of it."""

from collections.abc import Collection
from datetime import date

from matching.capacity.errors import PatternPackageUnknown
from providers.database import fetch, fetch_value

_DELIVERED = """
SELECT DISTINCT package_level_id AS number FROM approval
WHERE site_id = $1 AND state = 'approved' AND (valid_to IS NULL OR valid_to >= $2) ORDER BY package_level_id
"""
_NEVER_APPROVED = """
SELECT EXISTS (
    SELECT FROM unnest($2::smallint[]) w(number) WHERE NOT EXISTS (
        SELECT FROM approval a WHERE a.site_id = $1 AND a.package_level_id = w.number AND a.state = 'approved'
    )
)
"""


async def delivered_at(site_id: int, today: date) -> list[int]:
    """Numbers of the packages at a level that a site is approved for, today or later."""
    return [row["number"] for row in await fetch(_DELIVERED, site_id, today)]


async def check_packages(site_id: int, wanted: Collection[int] | None) -> None:
    """Raises PatternPackageUnknown. An approval that has ended is no fault: the finder asks for it at each time."""
    if wanted and await fetch_value(_NEVER_APPROVED, site_id, list(wanted)):
        raise PatternPackageUnknown

"""What nobody can write about when a site is open, and about its times: the bad row, written past all code."""

from datetime import timedelta

import asyncpg
import pytest

from providers.database import execute
from tests.support.rows import undone
from tests.support.worlds import NOW, a_site

pytestmark = pytest.mark.usefixtures("clean_world")

PATTERN = """
INSERT INTO opening_pattern (site_id, weekday, starts_minute, ends_minute, minutes, mode, seats, valid_from)
SELECT id, 0, 480, 720, 45, 'individual', 1, '2026-11-16' FROM site
"""
SLOT = "INSERT INTO slot (site_id, starts_at, minutes, mode, seats, pattern_id)"

WEEKLY_STARTS = """
INSERT INTO opening_pattern (site_id, weekday, starts_minute, ends_minute, minutes, mode, seats, valid_from, whole_week)
SELECT id, 0, 0, 1440, 45, 'individual', 3, '2026-11-16', true FROM site
"""

BAD_ROWS = {
    "opening_pattern_no_overlap": PATTERN,
    "opening_pattern_weekday": "UPDATE opening_pattern SET weekday = 7",
    "opening_pattern_within_a_day": "UPDATE opening_pattern SET starts_minute = 1380, ends_minute = 1500",
    "opening_pattern_has_room": "UPDATE opening_pattern SET minutes = 300",
    "opening_pattern_reasonable": "UPDATE opening_pattern SET seats = 0",
    "opening_pattern_period": "UPDATE opening_pattern SET valid_to = '2026-11-15'",
    "opening_pattern_whole_week": "UPDATE opening_pattern SET whole_week = true",
    "opening_pattern_weekly_starts_once": f"{WEEKLY_STARTS}; {WEEKLY_STARTS}",
    "slot_whole_week": "UPDATE slot SET whole_week = true",
    "closure_period": "INSERT INTO closure (site_id, first_day, last_day, kind)"
    " SELECT id, '2026-11-17', '2026-11-16', 'closed' FROM site",
    "slot_closed_without_seats": "UPDATE slot SET closed_seats = 1",
    "slot_agreed_hour": "UPDATE slot SET agreed_in_id = id",
    "slot_once_per_pattern": f"{SLOT} SELECT site_id, starts_at, minutes, mode, seats, 7 FROM slot UNION ALL"
    " SELECT site_id, starts_at, minutes, mode, seats, 7 FROM slot",
}


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_the_database_refuses_the_bad_row(constraint: str) -> None:
    async with undone():
        await a_site(slots=[NOW + timedelta(days=1)])
        await execute("SET LOCAL ROLE NONE")
        await execute(PATTERN)
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
            await execute(BAD_ROWS[constraint])
        assert refused.value.constraint_name == constraint


async def test_patterns_follow_each_other_or_stand_side_by_side() -> None:
    async with undone():
        await a_site()
        await execute(PATTERN)
        await execute(PATTERN.replace("480, 720", "720, 960"))
        await execute(WEEKLY_STARTS)
        await execute(PATTERN.replace("weekday,", "weekday, lane,").replace("id, 0,", "id, 0, 'Sal 2',"))

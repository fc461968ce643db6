"""What the database refuses of a municipality's standard."""

import asyncpg
import pytest

from providers.database import execute

pytestmark = pytest.mark.usefixtures("clean_world")

STANDARD = (
    "INSERT INTO municipality_standard (municipality_id, valid_from, revision, author, contact_days, start_days)"
    " VALUES ('0101', '2026-11-01', 1, {author}, {contact}, {start})"
)
BAD_ROWS = {
    "municipality_standard_once": STANDARD.format(author="'Lea'", contact=3, start=5),
    "municipality_standard_days": STANDARD.format(author="'Lea'", contact=0, start=5).replace("11-01", "11-02"),
    "municipality_standard_has_author": STANDARD.format(author="''", contact=4, start=7).replace("11-01", "11-03"),
}


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_each_constraint_meets_its_bad_row(constraint: str) -> None:
    await execute(STANDARD.format(author="'Lea'", contact=4, start=7))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as raised:
        await execute(BAD_ROWS[constraint])
    assert raised.value.constraint_name == constraint

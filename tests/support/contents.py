"""What is in a database, for comparing two of them."""

from collections.abc import Collection

from providers.database import fetch, fetch_value
from providers.offers import WANTED_OFFERS


async def digest(table: str, without: Collection[str] = ()) -> str:
    """One hash for all rows of a table, leaving columns out."""
    names = await fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped",
        table,
    )
    columns = ", ".join(sorted(row["attname"] for row in names if row["attname"] not in without))
    found: str = await fetch_value(
        f"SELECT md5(coalesce(string_agg(t.line, E'\\n' ORDER BY t.line), '')) FROM"
        f" (SELECT ROW({columns})::text AS line FROM {table}) t"
    )
    return found


async def offers_that_differ(now: object) -> int:
    """How many offers are not what a full recompute says; 0 is the invariant."""
    columns = (
        "site_id, approval_id, agreement_id, package_level_id, point, kind, municipality_id, valid_from,"
        " valid_until, next_free"
    )
    query = (
        f"WITH wanted AS (SELECT {columns} FROM ({WANTED_OFFERS}) w), kept AS (SELECT {columns} FROM offer)"
        " SELECT (SELECT count(*) FROM (SELECT * FROM wanted EXCEPT ALL SELECT * FROM kept) a)"
        "      + (SELECT count(*) FROM (SELECT * FROM kept EXCEPT ALL SELECT * FROM wanted) b)"
    )
    differing: int = await fetch_value(query, now)
    return differing

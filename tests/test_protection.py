"""`portal/PROTECTION.md` says of every table, and of every sealed or hashed column, what there is in the code."""

from pathlib import Path

import pytest

from matching.keys import HASHED, SEALED
from matching.retention.kinds import RetentionKind
from providers.database import fetch
from tests.test_migrations import MODELS

TEXT = (Path(__file__).parents[1] / "portal" / "PROTECTION.md").read_text(encoding="utf-8")
UNGUARDED = "without row-level security"


def rows(heading: str) -> dict[str, list[str]]:
    """The first cell of each row of a chapter's table → the others."""
    chapter = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in chapter.splitlines() if line[:1] == "|"]
    found = {first.strip("`"): others for first, *others in cells[2:]}
    assert len(found) == len(cells) - 2, "one row for each"
    return found


LEVELS, TABLES, COLUMNS = rows("Levels"), rows("Tables"), rows("Columns with rules of their own")
KNOWN = {model._meta.db_table: set(model._meta.fields_db_projection.values()) for model in MODELS}


def test_every_table_has_its_level_and_every_row_is_filled_in() -> None:
    assert TABLES.keys() == KNOWN.keys() | {"audit_seal", "audit_unsealed"}, "those two have no model"
    assert {row[0] for row in (*TABLES.values(), *COLUMNS.values())} == LEVELS.keys()
    assert [name for name, row in (TABLES | COLUMNS | LEVELS).items() if "" in row] == []
    assert {row[-1] for row in TABLES.values()} <= {kind.value for kind in RetentionKind} | {"stands"}


def test_every_column_that_is_sealed_or_hashed_is_listed() -> None:
    of = {level: {name for name, row in COLUMNS.items() if row[0] == level} for level in LEVELS}
    assert of["sealed"] == {column.name for column in SEALED}
    assert of["hashed"] >= {column.name for column in HASHED}
    digests = {
        f"{table}.{column}" for table in KNOWN for column in KNOWN[table] if column.endswith(("digest", "_hash"))
    }
    assert of["hashed"] == digests - {"audit_entry.personal_hash"}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_listed_column_exists(name: str) -> None:
    table, _, column = name.partition(".")
    assert column in KNOWN[table]


async def test_row_level_security_stands_behind_everything_about_citizens(clean_world: None) -> None:
    guarded = {row["relname"] for row in await fetch("SELECT relname FROM pg_class WHERE relrowsecurity")}
    about_citizens = {name for name, row in TABLES.items() if row[0] == "case" and UNGUARDED not in row[1]}
    assert about_citizens == guarded - {"figure_count"}, "counts of a municipality are its own, and about nobody"

"""From the files to the tables. SOURCES.md says where the figures come from."""

import csv
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from providers.database import execute, transaction
from providers.packages import package_level_id

ATTRIBUTION = "Indeholder data fra Klimadatastyrelsen (DAGI 2014, postnumre 2019)."
"""To be shown wherever the map data are used, in these words."""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Table:
    """A file, the table it fills, and the columns by which a row is known again."""

    file: str
    name: str
    key: tuple[str, ...]


# In the order in which the tables refer to each other.
_TABLES = (
    _Table("regions.csv", "region", ("code",)),
    _Table("municipalities.csv", "municipality", ("code",)),
    _Table("municipality_regions.csv", "municipality_region", ("municipality_id", "valid_from")),
    _Table("authorities.csv", "authority", ("plan_type", "valid_from")),
    _Table("postal_codes.csv", "postal_code", ("code",)),
    _Table("transport_thresholds.csv", "transport_threshold", ("year",)),
    _Table("packages.csv", "package", ("code",)),
    _Table("standards.json", "municipality_standard", ("municipality_id", "valid_from", "revision")),
)
_SETTLEMENT_RULES = _Table("settlement_rules.csv", "settlement_rule", ("valid_from",))
_PRICES = _Table("package_prices.csv", "package_price", ("package_level_id", "valid_from"))
_PACKAGE_LEVELS = _Table("packages.csv", "package_level", ("id",))

_LISTS = {"municipality_codes", "professions"}


async def load_reference() -> None:
    """Make the tables say what the files say; running it again changes nothing.

    Rows that a file no longer has stay, because cases may refer to them, and columns that no file has, such as a
    municipality's telephone, are left alone.
    """
    async with transaction():
        for table in _TABLES:
            await _upsert(table, read(table.file))
        await _upsert(_PACKAGE_LEVELS, _package_levels())
        await _upsert(_SETTLEMENT_RULES, read(_SETTLEMENT_RULES.file))
        await _upsert(_PRICES, _prices())


def read(file: str) -> list[Row]:
    """The file's rows: an empty cell is None, a cell with `|` in a list column a list, all else text."""
    with files(__package__).joinpath(file).open(encoding="utf-8") as lines:
        if file.endswith(".json"):
            return cast(list[Row], json.load(lines))
        return [{name: _value(name, cell) for name, cell in row.items()} for row in csv.DictReader(lines)]


def _value(name: str, cell: str) -> object:
    return cell.split("|") if name in _LISTS else cell or None


def _package_levels() -> list[Row]:
    return [
        {"id": package_level_id(str(row["code"]), level), "package_id": row["code"], "level": level}
        for row in read("packages.csv")
        for level in ("basic", "advanced")
    ]


def _prices() -> list[Row]:
    return [
        {"package_level_id": package_level_id(str(row.pop("package")), str(row.pop("level"))), **row}
        for row in read(_PRICES.file)
    ]


async def _upsert(table: _Table, rows: list[Row]) -> None:
    """One statement for all rows. PostgreSQL reads each text as the type of its column."""
    columns = list(rows[0])
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in table.key)
    await execute(
        f"INSERT INTO {table.name} ({', '.join(columns)}) "
        f"SELECT {', '.join(columns)} FROM jsonb_populate_recordset(null::{table.name}, $1::text::jsonb) "
        f"ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {changes}",
        json.dumps(rows),
    )

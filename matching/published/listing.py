"""A list of things of one kind: narrowed by filters, in one order, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from matching.finding.statements import Statement, statement
from matching.policy import Policy
from matching.published.rules import anybody
from providers.database import fetch, fetch_value

T = TypeVar("T")
Asked = Mapping[str, Mapping[str, object]]
"""The filters by their names, each with its values."""


class Key(NamedTuple):
    """Part of an order: the row's field, the SQL behind it and its type in the database."""

    field: str
    sql: str
    type: str = "bigint"


@dataclass(frozen=True, eq=False, slots=True)
class Listing(Generic[T]):
    """`rows` selects the fields of `made` up to its last standing condition; `group` may follow the filters.

    `key` puts rows in order and is different for any two of them. `first_alone`: an index knows the order of its first
    part only, so as many as are wanted, and all that are level with the last, are taken by that and then put in order.
    """

    made: Callable[..., T]
    rows: str
    key: tuple[Key, ...]
    filters: Mapping[str, str]
    group: str = ""
    first_alone: bool = False

    def position(self, row: T) -> tuple[object, ...]:
        """Where the list stands behind this row."""
        return tuple(getattr(row, key.field) for key in self.key)


async def listed(
    listing: Listing[T],
    asked: Asked,
    *,
    now: datetime,
    policy: Policy,
    limit: int,
    after: Sequence[object] = (),
) -> list[T]:
    """The first rows that pass every filter, behind the position `after`; one statement."""
    query = statement_of(listing, tuple(sorted(asked)), bool(after))
    values = _values(asked, now, policy) | {"rows": limit}
    values |= {f"after_{number}": value for number, value in enumerate(after)}
    return [listing.made(**row) for row in await fetch(query.text, *query.values(values))]


async def counted(listing: Listing[T], asked: Asked, *, now: datetime, policy: Policy, most: int) -> int:
    """How many there are; `most` and one more is as far as anybody counts."""
    query = statement_of(listing, tuple(sorted(asked)), False)
    values = _values(asked, now, policy) | {"rows": most + 1}
    return int(await fetch_value(f"SELECT count(*) FROM ({query.text}) found", *query.values(values)))


def _values(asked: Asked, now: datetime, policy: Policy) -> dict[str, object]:
    values = anybody(now, policy)
    for given in asked.values():
        values |= given
    return values


@cache
def statement_of(listing: Listing[T], filters: tuple[str, ...], further: bool) -> Statement:
    """What is asked of the database: with these filters, and `further` from a position on."""
    conditions = [listing.filters[name] for name in filters]
    if further:
        columns = ", ".join(key.sql for key in listing.key)
        values = ", ".join(f"{{after_{number}}}::{key.type}" for number, key in enumerate(listing.key))
        conditions.append(f"({columns}) > ({values})")
    text = " AND ".join((listing.rows, *conditions))
    if listing.first_alone:
        order = ", ".join(key.field for key in listing.key)
        nearest = f"{text} ORDER BY {listing.key[0].sql} FETCH FIRST ({{rows}}) ROWS WITH TIES"
        return statement(f"SELECT * FROM ({nearest}) found ORDER BY {order} LIMIT {{rows}}")
    order = ", ".join(key.sql for key in listing.key)
    return statement(f"{text} {listing.group} ORDER BY {order} LIMIT {{rows}}")

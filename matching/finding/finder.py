"""Find, with a bounded amount of work however many sites there are.

A statement reads a few more offers than the page needs, in the order of the list, and applies the exact rules to
them, slot by slot. Up to its *horizon* nothing is missing. When too few survive, the search goes on behind it.
"""

from datetime import date, datetime

import asyncpg

from matching.finding.at_large import AT_LARGE
from matching.finding.cells import circle
from matching.finding.nearest import NEAREST
from matching.finding.search import Match, Page, Position, Search, Sort
from matching.finding.soonest import SOONEST
from matching.finding.statements import Statement
from matching.finding.wishes import wished
from matching.plan_facts import Basis
from providers.database import fetch
from providers.models import ProviderKind

TOO_EARLY, CROWD = 300, 2000
"""How many offers of one branch may be asked for their first time before that is more work than another way."""

_SPARE_ROWS = 4
_GROWTH = 4
_LAST_SITE = 2**31 - 1


async def find(search: Search) -> Page:
    """Sites in the order that was asked for; at most `search.limit`, each once."""
    wanted = search.limit + 1
    found: list[Match] = []
    asked, after, rows = first_statement(search), search.after or _start(search), wanted + _SPARE_ROWS
    while True:
        records = await fetch(asked.text, *asked.values(values(search, after, rows, wanted - len(found))))
        if records[0]["crowded"]:
            asked = AT_LARGE
            continue
        found += [_match(record, search.terms.opens_on) for record in records if record["site_id"] is not None]
        horizon, distance = records[0]["horizon"], records[0]["horizon_distance"]
        if len(found) >= wanted or horizon is None:
            break
        after, rows = _behind(horizon, distance), rows * _GROWTH
    page = tuple(found[: search.limit])
    return Page(page, page[-1].position(search.sort) if len(found) > search.limit else None)


def first_statement(search: Search) -> Statement:
    """Where a search begins. When a time was wished for, the first free ones of the offers say little about it."""
    if search.sort is Sort.DISTANCE:
        return NEAREST
    return AT_LARGE if search.wishes.modes or search.wishes.parts or search.wishes.days else SOONEST


def values(search: Search, after: Position, rows: int, wanted: int) -> dict[str, object]:
    """What the statements ask for: behind `after`, `rows` offers of each branch to give at most `wanted` matches."""
    return {
        **circle(search.origin, search.radius),
        **search.terms.values(),
        **wished(search.wishes),
        "after_distance": after.distance,
        "after_site": after.site_id,
        "after_time": after.first_free,
        "rows": rows,
        "wanted": wanted,
        "too_early": TOO_EARLY,
        "crowd": CROWD,
    }


def _start(search: Search) -> Position:
    return Position(-1.0, 0, search.terms.not_before)


def _behind(horizon: float | datetime, distance: float) -> Position:
    """Where the search goes on when everything up to the horizon has been looked at."""
    if isinstance(horizon, datetime):
        return Position(distance, _LAST_SITE, horizon)
    return Position(horizon, _LAST_SITE)


_BASES = {basis.value: basis for basis in Basis}
_KINDS = {kind.value: kind for kind in ProviderKind}


def _match(record: asyncpg.Record, opens_on: date | None) -> Match:
    """The columns are in the order of the fields (`matches.py`), behind the three of `reach`."""
    kind, basis, modes, languages = record[-4:]
    opens = opens_on if basis == "extended" else None
    return Match._make((*record[3:-4], _KINDS[kind], _BASES[basis], tuple(modes), tuple(languages), opens))

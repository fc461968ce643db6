"""What anybody may see: six tables of the newest year, made safe. Each counts every case once.

Two tables share at most the sums of their rows or columns, and they hang together without a circle (choice, by
municipality, begun or not, by month or by package), so they tell nothing about each other (`suppression`).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from matching.figures.measures import Begun, Choice, Measure
from matching.figures.periods import Span, stretches
from matching.figures.spread import Histogram, Spread, spread_of
from matching.figures.suppression import OTHERS, SMALLEST, Table, suppressed
from matching.figures.tally import Tally, tallies
from matching.rights import GUARANTEE
from providers.database import fetch

Published = Mapping[str, Any]
"""`counted_at`, `as_of`, `first`, `last`, `smallest`, and `tables`: name, columns, rows, sums. None = hidden."""

NAMES = ("choice_by_municipality", "begun_by_municipality", "begun_by_month", "begun_by_package", "went_to", "stopped")

MANY_ENOUGH = 10
"""Begun courses for which percentiles may stand: of fewer, the ninetieth would be the slowest one's own days."""

NOT_STOPPED = "not_stopped"
"""The row of the cases that were not stopped."""

_PLANS = ("plans",)
_COUNTED = """
SELECT municipality_id, span, begins_on, measure, part, days, cases FROM figure_count
WHERE run_id = $1 AND (span = 'year' OR span = 'month' AND municipality_id IS NULL)
"""


async def publish(run: int, as_of: date, now: datetime) -> Published:
    """The tables of a run whose country is counted."""
    rows = await fetch(_COUNTED, run)
    year = stretches(as_of)[Span.YEAR]
    of_year = tallies((row for row in rows if row["span"] == Span.YEAR), lambda row: row["municipality_id"])
    months = tallies((row for row in rows if row["span"] == Span.MONTH), lambda row: row["begins_on"])
    country = of_year.pop(None, Tally())
    begun = {str(month): month_ for month, month_ in sorted(months.items()) if month >= year.first}
    homes: dict[str, Tally] = {code: tally for code, tally in of_year.items() if code is not None}
    return {
        "counted_at": now.isoformat(),
        "as_of": as_of.isoformat(),
        "first": year.first.isoformat(),
        "last": (year.until - timedelta(days=1)).isoformat(),
        "smallest": SMALLEST,
        "tables": [
            _table(NAMES[0], Table(tuple(Choice), {code: _choices(tally) for code, tally in homes.items()})),
            _begun(NAMES[1], {code: _of_all(tally) for code, tally in homes.items()}),
            _begun(NAMES[2], {month: _of_all(tally) for month, tally in begun.items()}),
            _begun(NAMES[3], {part: _of_package(country, part) for part in country.parts(Measure.REFERRED)}),
            _table(NAMES[4], _parts(country, Measure.WENT_TO, Begun.NOT)),
            _table(NAMES[5], _parts(country, Measure.STOPPED, NOT_STOPPED)),
        ],
    }


def _choices(tally: Tally) -> tuple[int, ...]:
    return tuple(tally.number(Measure.CHOICE, choice) for choice in Choice)


def _of_all(tally: Tally) -> tuple[int, Histogram]:
    return tally.plans, tally.histogram(Measure.START_DAYS)


def _of_package(country: Tally, part: str) -> tuple[int, Histogram]:
    return country.number(Measure.REFERRED, part), country.histogram(Measure.WAITED, part)


def _parts(country: Tally, measure: Measure, rest: str) -> Table:
    """One column; `rest` is the row of the cases that are in no part."""
    found = country.parts(measure)
    left = country.plans - sum(found.values())
    return Table(_PLANS, {part: (cases,) for part, cases in sorted(found.items())} | {rest: (left,)})


def _begun(name: str, of: Mapping[str, tuple[int, Histogram]]) -> dict[str, Any]:
    """Begun in time, later or not, with how long it took; `of`: cases of each row, and the days of those begun."""
    rows = {row: _in_time_or_not(plans, days) for row, (plans, days) in of.items()}

    def spread(row: str, cells: Iterable[int | None]) -> Spread:
        days = of[row][1] if row in of and None not in cells else {}
        return spread_of(days if sum(days.values()) >= MANY_ENOUGH else {})

    return _table(name, Table(tuple(Begun), rows), spread)


def _in_time_or_not(plans: int, days: Histogram) -> tuple[int, ...]:
    in_time, begun = sum(n for day, n in days.items() if day <= GUARANTEE.days), sum(days.values())
    return in_time, begun - in_time, plans - begun


def _no_days(row: str, cells: Iterable[int | None]) -> Spread:
    return spread_of({})


def _table(name: str, table: Table, spread: Callable[[str, list[int | None]], Spread] = _no_days) -> dict[str, Any]:
    """The table as it is published, rows in the order of their keys and those put together last."""
    safe = suppressed(table)
    found = safe.table.rows
    rows = []
    for row in sorted(found, key=lambda row: (row == OTHERS, row)):
        cells = safe.cells(row)
        days = spread(row, cells)
        more = {"median": days.median, "ninetieth": days.ninetieth}
        rows.append({"key": row, "plans": sum(found[row]), "cells": cells, **more})
    return {
        "name": name,
        "columns": list(safe.table.columns),
        "rows": rows,
        "sums": [sum(column) for column in zip(*found.values(), strict=True)],
        "plans": sum(map(sum, found.values())),
    }

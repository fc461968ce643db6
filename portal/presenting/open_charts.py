"""What the open figures say, drawn and in a sentence. Hidden numbers are neither drawn nor said."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from matching.figures import Begun, Span
from matching.figures.publishing import NOT_STOPPED
from matching.figures.suppression import OTHERS
from portal.charts import Bar, Row, Series, bar_chart, line_chart
from portal.language import Language
from portal.presenting.figure_panels import counted, per_cent, share, short_period, words_of

MOST = 12
"""Bars in a chart; the table has every row."""


def open_chart(table: Mapping[str, Any], names: Mapping[str, str], spoken: Language) -> Markup | None:
    """A line by month, bars by package, place and reason; nothing for the hundred municipalities."""
    at, rows = words_of(table["name"]), _by_size(table)
    if table["name"] == "begun_by_month":
        months = [row for row in table["rows"] if row["key"] != OTHERS]
        labels = [short_period(date.fromisoformat(row["key"]), Span.MONTH, spoken) for row in months]
        line = Series(spoken.say("Begyndt inden 7 dage, procent"), [_in_time(table, row) for row in months])
        return line_chart(labels, [line], described_by=at, largest=100, written=per_cent) if months else None
    if table["name"] == "begun_by_package":
        waited = [row for row in rows if row["median"] is not None]
        bars = [Bar(row["median"], f"{row['median']} / {row['ninetieth']}", mark=row["ninetieth"]) for row in waited]
        drawn = [Row(names[row["key"]], [bar]) for row, bar in zip(waited, bars, strict=True)]
        return bar_chart(drawn, [], described_by=at) if drawn else None
    if len(table["columns"]) == 1:
        shares = [share(row["plans"], _whole(table)) for row in rows]
        bars = [Bar(value, per_cent(value)) for value in shares]
        drawn = [Row(names[row["key"]], [bar]) for row, bar in zip(rows, bars, strict=True)]
        return bar_chart(drawn, [], described_by=at, largest=100)
    return None


def open_says(table: Mapping[str, Any], names: Mapping[str, str], spoken: Language) -> str:
    """The sentence that stands for the chart."""
    if table["name"] == "begun_by_package":
        waited = [row for row in table["rows"] if row["median"] is not None]
        if not waited:
            return spoken.say("For få er begyndt til at sige, hvor længe man venter.")
        longest = max(waited, key=lambda row: (row["median"], row["plans"]))
        return spoken.say(
            "Længst venter man på: %(name)s. Halvdelen er begyndt inden %(days)s dage, 9 af 10 inden %(most)s dage.",
            name=names[longest["key"]],
            days=longest["median"],
            most=longest["ninetieth"],
        )
    if len(table["columns"]) == 1:
        most, whole = _by_size(table)[0], _whole(table)
        said = {
            "name": names[most["key"]],
            "share": per_cent(share(most["plans"], whole)),
            "cases": counted(whole, spoken),
        }
        if table["name"] == "stopped":
            return spoken.say("Hyppigst er: %(name)s (%(share)s af %(cases)s stoppede forløb).", **said)
        return spoken.say("Flest begyndte her: %(name)s (%(share)s af %(cases)s planer).", **said)
    if table["columns"][0] == Begun.IN_TIME:
        part = per_cent(share(table["sums"][0], table["plans"]))
        return spoken.say(
            "Inden 7 dage er %(share)s af %(plans)s planer begyndt.", share=part, plans=counted(table["plans"], spoken)
        )
    return spoken.say("Tabellen har %(plans)s planer.", plans=counted(table["plans"], spoken))


def _by_size(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Without those that did not stop, of whom there are many; nobody asks why they did not."""
    rows = [row for row in table["rows"] if row["key"] != NOT_STOPPED] or table["rows"]
    return sorted(rows, key=lambda row: (row["key"] == OTHERS, -row["plans"]))[:MOST]


def _whole(table: Mapping[str, Any]) -> int:
    """Of how many the rows that are drawn are parts."""
    return sum(row["plans"] for row in table["rows"] if row["key"] != NOT_STOPPED) or table["plans"]


def _in_time(table: Mapping[str, Any], row: Mapping[str, Any]) -> int | None:
    count = row["cells"][0] if table["columns"][0] == Begun.IN_TIME else None
    return None if count is None else share(count, row["plans"])

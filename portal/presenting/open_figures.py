"""The figures that anybody may see: national charts, and every table in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from matching.figures import Begun, Choice, Published, Span
from matching.figures.publishing import NOT_STOPPED
from matching.figures.suppression import JOINED, OTHERS
from matching.national_codes import STOP_REASON_CODES
from portal.language import Language
from portal.presenting.alphabet import alphabetical
from portal.presenting.dates import first_letter_up
from portal.presenting.figure_panels import Cell, Panel, period
from portal.presenting.figure_words import package_part
from portal.presenting.open_charts import open_chart, open_says
from portal.presenting.tables import Head
from portal.presenting.words import BASIS_FOR_STAFF
from providers.reference import Catalogue
from providers.words import N_

COLUMN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Choice.USED: N_("Brugte retten til et privat sted"),
        Choice.OFFERED_IN_TIME: N_("Tilbudt en tid i tide"),
        Choice.UNUSED: N_("Havde retten, brugte den ikke"),
        Choice.NOT_ARISEN: N_("Retten opstod ikke"),
        Begun.IN_TIME: N_("Begyndt inden 7 dage"),
        Begun.LATER: N_("Begyndt senere"),
        Begun.NOT: N_("Ikke begyndt"),
        "plans": N_("Planer"),
    }
)
_TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "begun_by_month": (N_("Hvor hurtigt begynder træningen?"), N_("Måned")),
        "begun_by_package": (N_("Ventetid efter forløbspakke og niveau"), N_("Forløbspakke")),
        "went_to": (N_("Hvor begynder borgerne?"), N_("Sted")),
        "stopped": (N_("Årsager til stop"), N_("Årsag")),
        "choice_by_municipality": (N_("Frit valg i kommunerne"), N_("Kommune")),
        "begun_by_municipality": (N_("Hvor hurtigt begynder træningen i kommunerne?"), N_("Kommune")),
    }
)
"""In the order of the page: the country first."""


def open_panels(published: Published, catalogue: Catalogue, spoken: Language) -> Iterator[Panel]:
    """One for each table that has any row."""
    tables = {table["name"]: table for table in published["tables"] if table["rows"]}
    for name, (title, first) in _TITLES.items():
        if name in tables:
            names = {row["key"]: _key(name, row["key"], catalogue, spoken) for row in tables[name]["rows"]}
            yield _panel(tables[name], spoken.say(title), spoken.say(first), names, spoken)


def year_of(published: Published, spoken: Language) -> str:
    """`november 2025 til oktober 2026`."""
    first, last = (period(date.fromisoformat(published[at]), Span.MONTH, spoken) for at in ("first", "last"))
    return spoken.say("%(first)s til %(last)s", first=first, last=last)


def _panel(table: Mapping[str, Any], title: str, first: str, names: Mapping[str, str], spoken: Language) -> Panel:
    columns = [_column(column, spoken) for column in table["columns"]]
    days = [N_("Median, dage"), N_("90-percentil, dage")] if table["name"].startswith("begun") else []
    several = len(columns) > 1
    others = [*([spoken.say("Planer")] if several else []), *columns, *map(spoken.say, days)]
    rows = [_cells(row, names, several, bool(days), spoken) for row in _in_order(table, names)]
    heads = [Head(first), *(Head(label, number=True) for label in others)]
    return Panel(
        table["name"], title, open_says(table, names, spoken), open_chart(table, names, spoken), heads, rows, ""
    )


def _in_order(table: Mapping[str, Any], names: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    """Municipalities by name, one column by size, months and packages as they are; those put together last."""
    rows: Sequence[Mapping[str, Any]] = table["rows"]
    if len(table["columns"]) == 1:
        return sorted(rows, key=lambda row: -row["plans"])
    if table["name"].endswith("municipality"):
        return sorted(rows, key=lambda row: (row["key"] == OTHERS, alphabetical(names[row["key"]])))
    return rows


def _cells(row: Mapping[str, Any], names: Mapping[str, str], total: bool, days: bool, spoken: Language) -> list[Cell]:
    hidden = spoken.say("skjult")
    cells: list[Cell] = [names[row["key"]], *([row["plans"]] if total else [])]
    cells += [hidden if count is None else count for count in row["cells"]]
    return [*cells, row["median"], row["ninetieth"]] if days else cells


def _column(column: str, spoken: Language) -> str:
    """Several that were put together are one or the other."""
    words, *others = (spoken.say(COLUMN_WORDS[part]) for part in column.split(JOINED))
    for other in others:
        words = spoken.say("%(words)s, eller %(other)s", words=words, other=other[:1].lower() + other[1:])
    return words


def _key(table: str, key: str, catalogue: Catalogue, spoken: Language) -> str:
    """A row's key in words; an unknown one stays as it is."""
    if key == OTHERS:
        return spoken.say("Andre, med få planer")
    if table.endswith("municipality"):
        return catalogue.municipalities[key].name if key in catalogue.municipalities else key
    if table == "begun_by_month":
        return first_letter_up(period(date.fromisoformat(key), Span.MONTH, spoken))
    if table == "begun_by_package":
        return package_part(key, catalogue, spoken)
    places = {basis.value: spoken.say(words) for basis, words in BASIS_FOR_STAFF.items()}
    reasons = {reason.value: spoken.say(code.display) for reason, code in STOP_REASON_CODES.items()}
    rest = {Begun.NOT.value: spoken.say("Ikke begyndt"), NOT_STOPPED: spoken.say("Ikke stoppet")}
    return (places | reasons | rest).get(key, key)

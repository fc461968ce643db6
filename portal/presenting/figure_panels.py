"""One figure as it is shown: a sentence that says it, the chart, the table, the file, and how it is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from matching.figures import Figures, Span
from matching.figures.tally import Tally
from portal.charts import Look, Row, bar_chart
from portal.language import Language
from portal.presenting.tables import Head

OURS, COUNTRY = Look.OWN, Look.OTHERS

Cell = str | int | None
"""Of a table and of its file; None where there is no number."""

_FEW, _MOST = 5, 10


@dataclass(frozen=True, slots=True)
class Panel:
    """`name` is its own in addresses and on the page; `means` says who is counted, by what, and out of whom."""

    name: str
    title: str
    says: str
    chart: Markup | None
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    means: str

    @property
    def described_by(self) -> str:
        return words_of(self.name)


def words_of(name: str) -> str:
    """The id of the sentence."""
    return f"{name}-siger"


def share(part: int, whole: int) -> int | None:
    """Whole per cent, halves rounded up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def per_cent(number: int | None) -> str:
    """`62 %`, with a space that no line breaks at; a dash where there is no number."""
    return "–" if number is None else f"{number}\N{NO-BREAK SPACE}%"


def written(number: int | None) -> str:
    """A dash where there is no number."""
    return "–" if number is None else str(number)


def counted(number: int, spoken: Language) -> str:
    """`22.829`."""
    return format_decimal(number, locale=spoken.locale)


def period(begins_on: date, span: Span, spoken: Language) -> str:
    """`uge 40 i 2026`, `oktober 2026`."""
    if span is Span.MONTH:
        return format_date(begins_on, "MMMM y", locale=spoken.locale)
    year, week, _ = begins_on.isocalendar()
    return spoken.say("uge %(week)s i %(year)s", week=week, year=year)


def short_period(begins_on: date, span: Span, spoken: Language) -> str:
    """`uge 40`, `okt. 26`."""
    if span is Span.MONTH:
        return format_date(begins_on, "MMM yy", locale=spoken.locale)
    return spoken.say("uge %(week)s", week=begins_on.isocalendar().week)


def country_of(figures: Figures, begins_on: date | None) -> Tally | None:
    """The country's numbers of a period, None = of the year; nothing where they would tell of a few cases elsewhere."""
    own = figures.own.year if begins_on is None else figures.own.of(begins_on)
    country = figures.country.year if begins_on is None else figures.country.of(begins_on)
    return None if 0 < country.plans - own.plans < _FEW else country


def heads(spoken: Language, first: str, *others: str) -> list[Head]:
    """Columns: the first one names the rows, the others have numbers."""
    return [Head(spoken.say(first)), *(Head(spoken.say(words), number=True) for words in others)]


def year_words(figures: Figures, spoken: Language) -> str:
    """`november 2025 til oktober 2026`."""
    first, last = figures.year.first, figures.year.until - timedelta(days=1)
    return spoken.say(
        "%(first)s til %(last)s", first=period(first, Span.MONTH, spoken), last=period(last, Span.MONTH, spoken)
    )


def age_words(counted_at: datetime, now: datetime, spoken: Language) -> str:
    """How old the numbers are: hours at first, then days."""
    hours = max(int((now - counted_at).total_seconds() // 3600), 0)
    if hours < 1:
        return spoken.say("mindre end en time gamle")
    if hours < 48:
        return spoken.say_many("%(count)s time gamle", "%(count)s timer gamle", hours)
    return spoken.say_many("%(count)s dag gamle", "%(count)s dage gamle", hours // 24)


def pair_chart(name: str, rows: Sequence[Row], spoken: Language, *, largest: int = 0) -> Markup | None:
    """The municipality's bars above the country's, for the first ten rows."""
    key = [(OURS, spoken.say("Kommunen")), (COUNTRY, spoken.say("Hele landet"))]
    return bar_chart(rows[:_MOST], key, described_by=words_of(name), largest=largest) if rows else None

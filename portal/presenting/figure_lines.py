"""Charts and tables that go from period to period, the municipality's beside the country's."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from matching.figures import Figures, Measure, Spread, spread_of
from matching.figures.tally import Tally
from portal.charts import Look, Series, line_chart
from portal.language import Language
from portal.presenting.dates import first_letter_up
from portal.presenting.figure_panels import Cell, period, share, short_period, words_of


def drawn(
    name: str,
    figures: Figures,
    series: Sequence[Series],
    spoken: Language,
    *,
    largest: int = 0,
    written: Callable[[int], str] = str,
) -> Markup:
    """A line for each of the series over the periods of the figures."""
    stretch = figures.stretch
    labels = [short_period(day, stretch.span, spoken) for day in stretch.begins]
    return line_chart(labels, series, described_by=words_of(name), largest=largest, written=written)


def by_period(figures: Figures, rows: Sequence[Sequence[Cell]], spoken: Language) -> list[tuple[Cell, ...]]:
    """The rows, each after the name of its period."""
    stretch = figures.stretch
    names = [first_letter_up(period(day, stretch.span, spoken)) for day in stretch.begins]
    return [(name, *row) for name, row in zip(names, rows, strict=True)]


def ours_and_theirs(own: Sequence[int | None], country: Sequence[int | None], spoken: Language) -> list[Series]:
    """The municipality's line and the country's."""
    return [Series(spoken.say("Kommunen"), own), Series(spoken.say("Hele landet"), country, Look.OTHERS)]


def numbers(figures: Figures, measure: Measure) -> list[int]:
    """How many of the municipality's cases in each period."""
    return [figures.own.of(day).number(measure) for day in figures.stretch.begins]


def share_of(tally: Tally | None, part: Measure, whole: Measure = Measure.PLANS) -> int | None:
    """Per cent; None where there is nothing to be shown or counted."""
    return None if tally is None else share(tally.number(part), tally.number(whole))


def spread(tally: Tally | None, measure: Measure) -> Spread:
    """Median and 90th percentile, as far as they may be shown."""
    return spread_of({} if tally is None else tally.histogram(measure))

"""How soon: the shares of plans within the seven days, and how many days it took."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.figures import Figures, Measure, spread_of
from portal.charts import Look, Series
from portal.language import Language
from portal.presenting.dates import first_letter_up
from portal.presenting.figure_lines import by_period, drawn, ours_and_theirs, share_of, spread
from portal.presenting.figure_panels import Panel, country_of, heads, per_cent, period, written
from providers.words import N_


@dataclass(frozen=True, slots=True)
class _Said:
    """What a panel is called and how it is counted."""

    name: str
    title: str
    means: str
    measure: Measure


_SHARES = (
    _Said(
        "tilbudt",
        N_("Tilbudt en tid inden 7 dage"),
        N_(
            "Tæller: planer, hvor kommunens tilbudte første tid ligger senest 7 dage efter dag 0. Nævner: alle almene"
            " planer med dag 0 i perioden. Den tilbudte dag tæller, også når borgeren siger nej eller vælger et andet"
            " sted. Det er den, loven måler på."
        ),
        Measure.OFFERED_IN_TIME,
    ),
    _Said(
        "begyndt",
        N_("Begyndt inden 7 dage"),
        N_(
            "Tæller: planer, hvor den første træning er holdt senest 7 dage efter dag 0, uanset hvor. Nævner: alle"
            " almene planer med dag 0 i perioden, også dem, der aldrig er begyndt."
        ),
        Measure.BEGUN_IN_TIME,
    ),
)
_DAYS = (
    _Said(
        "dage-til-tilbud",
        N_("Dage til den tilbudte tid"),
        N_(
            "Dage fra dag 0 til den første tid, som kommunen tilbød, for de planer, der har fået et tilbud. En tid før"
            " dag 0 tæller som 0 dage. Nærmeste rang: et tal er det mindste antal dage, som mindst halvdelen, eller"
            " mindst 90 procent, af planerne kom inden for."
        ),
        Measure.OFFER_DAYS,
    ),
    _Said(
        "dage-til-start",
        N_("Dage til den første træning"),
        N_(
            "Dage fra dag 0 til den første træning, der er holdt, for de planer, der er begyndt. Planer, der venter"
            " endnu, er ikke med. Nærmeste rang, som for tilbuddene."
        ),
        Measure.START_DAYS,
    ),
)


def time_panels(figures: Figures, spoken: Language) -> Iterator[Panel]:
    """The shares first, then the days."""
    for said in _SHARES:
        yield _share_panel(said, figures, spoken)
    for said in _DAYS:
        yield _days_panel(said, figures, spoken)


def _share_panel(said: _Said, figures: Figures, spoken: Language) -> Panel:
    begins = figures.stretch.begins
    own = [share_of(figures.own.of(day), said.measure) for day in begins]
    country = [share_of(country_of(figures, day), said.measure) for day in begins]
    newest = figures.own.of(begins[-1])
    says = spoken.say(
        "%(period)s: %(own)s (%(part)s af %(plans)s planer). Hele landet: %(country)s.",
        period=first_letter_up(period(begins[-1], figures.stretch.span, spoken)),
        own=per_cent(own[-1]),
        part=newest.number(said.measure),
        plans=newest.plans,
        country=per_cent(country[-1]),
    )
    series = ours_and_theirs(own, country, spoken)
    columns = N_("Planer"), N_("Inden 7 dage"), N_("Procent"), N_("Hele landet, procent")
    rows = [
        (figures.own.of(day).plans, figures.own.of(day).number(said.measure), own[n], country[n])
        for n, day in enumerate(begins)
    ]
    return Panel(
        said.name,
        spoken.say(said.title),
        f"{says} {_extremes(own, figures, spoken)}".strip(),
        drawn(said.name, figures, series, spoken, largest=100, written=lambda number: f"{number} %"),
        heads(spoken, N_("Periode"), *columns),
        by_period(figures, rows, spoken),
        spoken.say(said.means),
    )


def _days_panel(said: _Said, figures: Figures, spoken: Language) -> Panel:
    begins = figures.stretch.begins
    own = [spread_of(figures.own.of(day).histogram(said.measure)) for day in begins]
    country = [spread(country_of(figures, day), said.measure) for day in begins]
    says = spoken.say(
        "%(period)s: Halvdelen inden %(median)s dage og 9 af 10 inden %(ninetieth)s dage (%(cases)s planer)."
        " Hele landet: %(country_median)s og %(country_ninetieth)s dage.",
        period=first_letter_up(period(begins[-1], figures.stretch.span, spoken)),
        median=written(own[-1].median),
        ninetieth=written(own[-1].ninetieth),
        cases=own[-1].cases,
        country_median=written(country[-1].median),
        country_ninetieth=written(country[-1].ninetieth),
    )
    series = [
        Series(spoken.say("Kommunen, halvdelen"), [one.median for one in own]),
        Series(spoken.say("Kommunen, 9 af 10"), [one.ninetieth for one in own], Look.OWN_SECOND),
        Series(spoken.say("Hele landet, halvdelen"), [one.median for one in country], Look.OTHERS),
        Series(spoken.say("Hele landet, 9 af 10"), [one.ninetieth for one in country], Look.OTHERS_SECOND),
    ]
    columns = (N_("Planer"), N_("Median, dage"), N_("90-percentil, dage"))
    theirs = (N_("Hele landet, median"), N_("Hele landet, 90-percentil"))
    rows = [(a.cases, a.median, a.ninetieth, b.median, b.ninetieth) for a, b in zip(own, country, strict=True)]
    return Panel(
        said.name,
        spoken.say(said.title),
        says,
        drawn(said.name, figures, series, spoken),
        heads(spoken, N_("Periode"), *columns, *theirs),
        by_period(figures, rows, spoken),
        spoken.say(said.means),
    )


def _extremes(own: Sequence[int | None], figures: Figures, spoken: Language) -> str:
    """The highest and the lowest of the line, where it is not flat."""
    known = [(value, day) for value, day in zip(own, figures.stretch.begins, strict=True) if value is not None]
    if len({value for value, _ in known}) < 2:
        return ""
    highest, lowest = max(known), min(known)
    return spoken.say(
        "Højest var %(high)s i %(high_when)s, lavest %(low)s i %(low_when)s.",
        high=per_cent(highest[0]),
        high_when=period(highest[1], figures.stretch.span, spoken),
        low=per_cent(lowest[0]),
        low_when=period(lowest[1], figures.stretch.span, spoken),
    )

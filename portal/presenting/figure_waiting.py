"""Who waits for what: the days to the first contact by package and level."""

from collections.abc import Sequence

from matching.figures import Figures, Measure, Spread, spread_of
from portal.charts import Bar, Look, Row
from portal.language import Language
from portal.presenting.figure_panels import COUNTRY, OURS, Cell, Panel, country_of, heads, pair_chart, written
from portal.presenting.figure_words import package_part
from providers.reference import Catalogue
from providers.words import N_

_ENOUGH = 5


def waiting_panel(figures: Figures, catalogue: Catalogue, spoken: Language) -> Panel:
    """The packages with most plans first."""
    own, country = figures.own.year, country_of(figures, None)
    referred = own.parts(Measure.REFERRED)
    parts = sorted(referred, key=lambda part: (-referred[part], part))
    names = [package_part(part, catalogue, spoken) for part in parts]
    ours = [spread_of(own.histogram(Measure.WAITED, part)) for part in parts]
    theirs = [spread_of(country.histogram(Measure.WAITED, part) if country else {}) for part in parts]
    rows: list[tuple[Cell, ...]] = [
        (name, referred[part], a.cases, a.median, a.ninetieth, b.median, b.ninetieth)
        for name, part, a, b in zip(names, parts, ours, theirs, strict=True)
    ]
    bars = [Row(name, [_bar(a), _bar(b, COUNTRY)]) for name, a, b in zip(names, ours, theirs, strict=True)]
    columns = N_("Planer"), N_("Begyndt"), N_("Median, dage"), N_("90-percentil, dage")
    return Panel(
        "ventetid",
        spoken.say("Ventetid efter forløbspakke og niveau"),
        _says(names, ours, spoken),
        pair_chart("ventetid", bars, spoken),
        heads(spoken, N_("Forløbspakke"), *columns, N_("Hele landet, median"), N_("Hele landet, 90-percentil")),
        rows,
        spoken.say(
            "Dage fra dag 0 til den første træning, der er holdt, for de forløb, der er begyndt, med dag 0 i de tolv"
            " måneder. Søjlen er medianen, stregen efter den går til 90-percentilen, og begge står efter dem."
        ),
    )


def _bar(one: Spread, look: Look = OURS) -> Bar:
    return Bar(one.median, f"{written(one.median)} / {written(one.ninetieth)}", look, one.ninetieth)


def _says(names: Sequence[str], ours: Sequence[Spread], spoken: Language) -> str:
    """Of the packages of which enough have begun to say anything."""
    known = [
        (one.median, one.cases, name)
        for name, one in zip(names, ours, strict=True)
        if one.median is not None and one.cases >= _ENOUGH
    ]
    if not known:
        return spoken.say("For få er begyndt til at sige, hvor længe man venter.")
    days, cases, name = max(known)
    return spoken.say(
        "Længst venter man på: %(name)s. Halvdelen af de %(cases)s forløb er begyndt inden %(days)s dage.",
        name=name,
        cases=cases,
        days=days,
    )

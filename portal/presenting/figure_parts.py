"""The parts of a whole: where citizens began, with whom, and why courses were stopped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matching.figures import Figures, Measure
from matching.national_codes import STOP_REASON_CODES
from portal.charts import Bar, Row, bar_chart
from portal.language import Language
from portal.presenting.figure_panels import (
    COUNTRY,
    Cell,
    Panel,
    country_of,
    heads,
    pair_chart,
    per_cent,
    share,
    words_of,
)
from portal.presenting.words import BASIS_FOR_STAFF
from providers.words import N_

_MOST = 10


@dataclass(frozen=True, slots=True)
class _Whole:
    """`words` names each part; `says` is the sentence about the largest one."""

    name: str
    title: str
    measure: Measure
    words: Mapping[str, str]
    says: str
    means: str


_PLACES = _Whole(
    "steder",
    N_("Hvor borgerne begyndte"),
    Measure.WENT_TO,
    {basis.value: words for basis, words in BASIS_FOR_STAFF.items()},
    N_("Flest begyndte her: %(name)s (%(share)s af %(cases)s forløb). Hele landet: %(country)s."),
    N_(
        "Tæller: forløb, der er begyndt, efter det retsgrundlag, som stedet har. Nævner: alle forløb, der er begyndt,"
        " med dag 0 i de tolv måneder."
    ),
)
_STOPS = _Whole(
    "stop",
    N_("Årsager til stop"),
    Measure.STOPPED,
    {reason.value: code.display for reason, code in STOP_REASON_CODES.items()},
    N_("Hyppigst er: %(name)s (%(share)s af %(cases)s stoppede forløb). Hele landet: %(country)s."),
    N_(
        "Tæller: planer, der er stoppet, efter den nationale årsag. Nævner: alle planer, der er stoppet, med dag 0 i de"
        " tolv måneder. Aflyste tider er ikke stop."
    ),
)


def part_panels(figures: Figures, spoken: Language) -> Iterator[Panel]:
    """Of the cases whose day 0 lies in the year."""
    yield _panel(_PLACES, figures, spoken)
    yield _providers(figures, spoken)
    yield _panel(_STOPS, figures, spoken)


def _panel(whole: _Whole, figures: Figures, spoken: Language) -> Panel:
    """The municipality's parts beside the country's, the largest first."""
    own, country = figures.own.year.parts(whole.measure), country_of(figures, None)
    theirs = country.parts(whole.measure) if country else {}
    cases, country_cases = sum(own.values()), sum(theirs.values())
    parts = sorted(whole.words, key=lambda part: -own.get(part, 0))
    names = [spoken.say(whole.words[part]) for part in parts]
    shares = [(share(own.get(part, 0), cases), share(theirs.get(part, 0), country_cases)) for part in parts]
    rows: list[tuple[Cell, ...]] = [
        (name, own.get(part, 0), *both) for name, part, both in zip(names, parts, shares, strict=True)
    ]
    bars = [
        Row(name, [Bar(a, per_cent(a)), Bar(b, per_cent(b), COUNTRY)])
        for name, (a, b) in zip(names, shares, strict=True)
    ]
    said = {"name": names[0], "share": per_cent(shares[0][0]), "cases": cases, "country": per_cent(shares[0][1])}
    return Panel(
        whole.name,
        spoken.say(whole.title),
        spoken.say(whole.says, **said) if cases else spoken.say("Ingen forløb."),
        pair_chart(whole.name, bars, spoken, largest=100) if cases else None,
        heads(spoken, N_("Hvad"), N_("Forløb"), N_("Procent"), N_("Hele landet, procent")),
        rows,
        spoken.say(whole.means),
    )


def _providers(figures: Figures, spoken: Language) -> Panel:
    """The municipality's own only: who delivers elsewhere is nobody else's."""
    found = figures.own.year.parts(Measure.PROVIDER)
    cases = sum(found.values())
    rows: list[tuple[Cell, ...]] = [
        (figures.providers.get(int(part), part), count, share(count, cases))
        for part, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    bars = [Row(str(name), [Bar(share(int(count or 0), cases), f"{count}")]) for name, count, _ in rows[:_MOST]]
    says = (
        spoken.say("Flest begyndte hos %(name)s: %(cases)s forløb.", name=rows[0][0], cases=rows[0][1])
        if rows
        else spoken.say("Ingen forløb er begyndt hos en leverandør, der kendes.")
    )
    return Panel(
        "leverandoerer",
        spoken.say("Leverandører"),
        says,
        bar_chart(bars, [], described_by=words_of("leverandoerer"), largest=100) if bars else None,
        heads(spoken, N_("Leverandør"), N_("Forløb"), N_("Procent")),
        rows,
        spoken.say(
            "Forløb, der er begyndt, efter leverandør. Når en sag er slettet, kendes leverandøren ikke længere, og"
            " forløbet er kun med i de andre tal."
        ),
    )

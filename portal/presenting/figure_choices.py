"""What came of the private choice, and of asking elsewhere, from period to period."""

from matching.figures import Figures, Measure
from portal.charts import Look, Series
from portal.language import Language
from portal.presenting.figure_lines import by_period, drawn, numbers, share_of
from portal.presenting.figure_panels import Panel, country_of, heads, per_cent, share
from providers.words import N_


def choice_panel(figures: Figures, spoken: Language) -> Panel:
    """In how many cases the right arose, and who used it."""
    arisen, used = numbers(figures, Measure.ARISEN), numbers(figures, Measure.USED)
    country = [share_of(country_of(figures, day), Measure.USED, Measure.ARISEN) for day in figures.stretch.begins]
    says = spoken.say(
        "Retten til et privat sted er opstået i %(arisen)s sager, og %(used)s borgere har brugt den (%(share)s).",
        arisen=sum(arisen),
        used=sum(used),
        share=per_cent(share(sum(used), sum(arisen))),
    )
    series = [
        Series(spoken.say("Retten er opstået"), arisen, Look.OWN_SECOND),
        Series(spoken.say("Retten er brugt"), used),
    ]
    rows = [(a, b, share(b, a), c) for a, b, c in zip(arisen, used, country, strict=True)]
    columns = N_("Opstået"), N_("Brugt"), N_("Procent"), N_("Hele landet, procent")
    return Panel(
        "frit-valg",
        spoken.say("Frit valg af et privat sted"),
        says,
        drawn("frit-valg", figures, series, spoken),
        heads(spoken, N_("Periode"), *columns),
        by_period(figures, rows, spoken),
        spoken.say(
            "Retten opstår, når kommunen har sagt, at den ikke kan, har tilbudt en tid efter fristen, eller fristen er"
            " gået uden et tilbud i tide. Den opstår ikke, hvis træningen da er begyndt eller stoppet, eller borgeren"
            " har valgt en anden kommune. Brugt: borgeren har en aftale hos et privat sted eller har haft den."
            " Procent er brugt af opstået."
        ),
    )


def refusal_panel(figures: Figures, spoken: Language) -> Panel:
    """Who was refused by another municipality, or could not be received where they had a time."""
    refused, cannot = numbers(figures, Measure.REFUSED), numbers(figures, Measure.CANNOT_RECEIVE)
    plans = sum(figures.own.of(day).plans for day in figures.stretch.begins)
    says = spoken.say(
        "%(refused)s borgere har fået nej fra en anden kommune, og %(cannot)s kunne ikke modtages der, hvor de havde en"
        " tid. Der er %(plans)s planer i alt.",
        refused=sum(refused),
        cannot=sum(cannot),
        plans=plans,
    )
    series = [
        Series(spoken.say("Nej fra en anden kommune"), refused),
        Series(spoken.say("Stedet kunne ikke modtage"), cannot, Look.OWN_SECOND),
    ]
    country = [
        (share_of(both, Measure.REFUSED), share_of(both, Measure.CANNOT_RECEIVE))
        for both in (country_of(figures, day) for day in figures.stretch.begins)
    ]
    rows = [
        (figures.own.of(day).plans, refused[n], cannot[n], *country[n]) for n, day in enumerate(figures.stretch.begins)
    ]
    columns = (N_("Planer"), N_("Nej fra en anden kommune"), N_("Kunne ikke modtage"))
    theirs = (N_("Hele landet, nej, procent"), N_("Hele landet, ikke modtaget, procent"))
    return Panel(
        "afslag",
        spoken.say("Afslag"),
        says,
        drawn("afslag", figures, series, spoken),
        heads(spoken, N_("Periode"), *columns, *theirs),
        by_period(figures, rows, spoken),
        spoken.say(
            "Sager, hvor en anden kommunes sted har sagt nej af mangel på plads, og sager, hvor et sted har meldt, at"
            " det ikke kan modtage. Hver sag tæller én gang i den periode, hvor dag 0 ligger. Landets procent er af"
            " alle landets planer."
        ),
    )

"""The standard that holds where a municipality has published none: one template, from the law, in plain words."""

from collections.abc import Mapping
from types import MappingProxyType

from providers.words import N_

TEMPLATE: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "who": (
            N_("Hvem kan få genoptræning?"),
            (
                N_("Du har været i kontakt med et sygehus."),
                N_("En læge har vurderet, at du har brug for at træne."),
                N_("Du har fået en genoptræningsplan."),
            ),
        ),
        "purpose": (
            N_("Hvad er målet?"),
            (
                N_("Du får et forløb, der passer til din plan."),
                N_("Målet er, at du kan det samme som før, eller så meget som muligt."),
            ),
        ),
        "contents": (
            N_("Hvad kan du få?"),
            (
                N_("Undersøgelse, vurdering, screening og tests."),
                N_("Råd og vejledning."),
                N_("Genoptræning og opfølgning."),
            ),
        ),
        "not_contents": (
            N_("Hvad kan du ikke få?"),
            (N_("Du kan ikke få behandling alene. Den kan indgå, hvis du får mere ud af at træne."),),
        ),
        "form": (
            N_("Hvordan træner du?"),
            (
                N_("Du træner som regel på hold, på faste tider."),
                N_("I særlige tilfælde kan du træne alene eller hjemme."),
                N_("Forløbet har et mål og en slutdato. Kommunen har et katalog over, hvad det plejer at indeholde."),
            ),
        ),
        "deliverers": (
            N_("Hvem træner dig?"),
            (
                N_("Fysioterapeuter og ergoterapeuter med autorisation."),
                N_("Assistenter og studerende kan være med, når en terapeut vejleder dem."),
            ),
        ),
        "transport": (
            N_("Hvad med kørsel?"),
            (
                N_("Du sørger som regel selv for at komme derhen."),
                N_("Du kan have ret til kørsel, hvis du er pensionist eller ikke kan bruge bus og tog."),
                N_("Det kan du også, hvis du har mere end 50 km derhen."),
            ),
        ),
        "choice": (
            N_("Hvad kan du selv vælge?"),
            (
                N_("Du kan vælge et sted i en anden kommune. Det kan sige nej, hvis der ikke er plads."),
                N_("Kan kommunen ikke tilbyde dig en tid inden for fristen, kan du vælge et privat sted."),
            ),
        ),
        "law": (
            N_("Hvad siger loven?"),
            (N_("Det står i sundhedsloven § 140 og § 84."),),
        ),
    }
)
"""Section → heading and sentences. A municipality may say any section in its own words."""

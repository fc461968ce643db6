"""The list of sites: full of everything, empty, and asked for in a way that cannot be read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matching.finding import Fact, Wishes
from portal.citizen.asking import RadiusInvalid
from portal.citizen.places import PlaceUnknown
from portal.citizen.standing import Standing
from portal.components.moments import HELD, TODAY
from portal.language import Language
from portal.presenting.comparing import Comparison
from portal.presenting.forms import problems_of
from portal.presenting.links import Link
from portal.presenting.question import question_words
from portal.presenting.results import Found, Results, SearchForm, Wider, search_form, wider_links
from portal.presenting.sites import About, Card
from portal.presenting.tags import tags
from portal.presenting.wishing import wish_form
from portal.wishing import Wished
from providers.errors import GenvejError

_LONG = "Center for Genoptræning, Hjælpemidler og Rehabilitering i Det Nordvestlige Midtjylland og Omegn (demo)"
_RIGHT_TO_LEFT = "مركز التأهيل (demo)"
_QUERY = {"sted": "2300", "radius": "10", "elevator": "1"}


def full(spoken: Language) -> Mapping[str, Any]:
    """A name that is too long, one from right to left, a door that is closed yet, transport, tags, what was saved."""
    cards = (
        _card(1, _LONG, spoken),
        replace(_card(2, _RIGHT_TO_LEFT, spoken), transport="Du kan få kørslen betalt (vejledende, 2024)."),
        replace(_card(3, "Klinikken (demo)", spoken), opens="Åbner måske 23. november 2026", against=None),
    )
    found = Found("3 steder inden for 10 km fra 2300 København S", cards, "#antal", "#antal", (), (), "2300")
    form = replace(_form({}, spoken), private_label="Vis også private steder, der måske åbner", private=True)
    standing = Standing(HELD, "Du er ved at flytte din tid.")
    return _page(form, found, spoken) | {"standing": standing, "saved": [2], "tags": tags(_QUERY, form, spoken)}


def empty(spoken: Language) -> Mapping[str, Any]:
    """Nothing was found, and there are ways on all the same."""
    wider = wider_links("/steder", _QUERY, 10, spoken)
    similar = (Wider("4800 Nykøbing F", "#antal"),)
    found = Found("Ingen steder med ledige tider", (), None, None, wider, similar, "2300")
    form = _form({}, spoken)
    return _page(form, found, spoken) | {"standing": Standing(None, ""), "tags": tags(_QUERY, form, spoken)}


def wrong(spoken: Language) -> Mapping[str, Any]:
    """The same for somebody without a code, who typed a town that is none."""
    errors: dict[str, GenvejError] = {"sted": PlaceUnknown(), "radius": RadiusInvalid()}
    return _page(_form(errors, spoken), None, spoken, errors)


def compared(spoken: Language) -> Mapping[str, Any]:
    """Three beside one another, of which one has a name that is too long and another nothing to say."""
    sites = tuple(Link(name, "#indhold") for name in (_LONG, _RIGHT_TO_LEFT, "Stedet (demo)"))
    lines = (
        (spoken.say("Første ledige tid"), ("Mandag den 23. november kl. 10.30", "–", "Tirsdag den 24. november")),
        (spoken.say("Adgang"), ("Trinfri adgang, Handicaptoilet, Parkering, Elevator", "–", "Elevator")),
    )
    title = spoken.say("Sammenlign steder")
    return {"title": title, "view": Comparison(sites, lines), "left_out": True, "back": "/_components"}


def _page(
    form: SearchForm, found: Found | None, spoken: Language, errors: Mapping[str, GenvejError] | None = None
) -> dict[str, Any]:
    view = Results(
        title=spoken.say("Vælg et sted"),
        back=Link("Komponenter", "/_components"),
        asks=spoken.say("Hvor vil du søge?"),
        lead=spoken.say("Her er de steder, der kan give dig den genoptræning, der står i din plan."),
        form=form,
        problems=problems_of(errors or {}, spoken),
        found=found,
        query=_QUERY,
    )
    shown = {"title": view.title, "view": view, "map": {"tiles": "", "credit": ""}}
    asked = question_words(form, found.origin, spoken) if found else ""
    return shown | {"standing": None, "saved": [], "tags": (), "asked": asked}


def _form(errors: Mapping[str, GenvejError], spoken: Language) -> SearchForm:
    problems = problems_of(errors, spoken)
    wished = Wished(wishes=Wishes(facts=frozenset({Fact.LIFT})))
    wishes = wish_form(wished, spoken, deadline=TODAY, problems=problems)
    return search_form("/steder", "2300", 10, wishes, spoken, problems=problems)


def _card(number: int, name: str, spoken: Language) -> Card:
    about = About(
        kind=spoken.say("Privat sted"),
        address="Prøvevej 1, 1050 København K",
        facts=(spoken.say("Elevator"), spoken.say("Trinfri adgang")),
        languages="dansk, engelsk",
        phone=Link("00 00 00 00", "tel:+4500000000"),
        web=Link("sted.example", "https://sted.example"),
        confirmed="16. november 2026",
        uncertain=number == 2,
    )
    return Card(
        number=number,
        anchor=f"sted-{number}",
        name=name,
        href=f"#sted-{number}",
        basis=spoken.say("Privat sted"),
        distance="3,2 km",
        first_free="Mandag den 23. november kl. 10.30",
        against="2 dage før fristen",
        opens=None,
        modes="Individuel · På hold",
        transport="",
        about=about,
        longitude=12.5 + number / 50,
        latitude=55.6 + number / 50,
    )

"""The list of sites: the form that asks for it, how many there are, and what to do when there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import Option, Problem, Problems, by_field
from portal.presenting.links import Link
from portal.presenting.numbers import radius_words
from portal.presenting.sites import Card
from portal.presenting.wishing import WishForm
from portal.wishing import NARROWING


@dataclass(frozen=True, slots=True)
class SearchForm:
    """`private_label` is None where there is nothing to switch; `choice` has the lists of the search without code."""

    action: str
    place: str
    radii: tuple[Option, ...]
    private_label: str | None
    private: bool
    problems: Problems
    wishes: WishForm
    packages: tuple[Option, ...] = ()
    levels: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Wider:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Found:
    """`count` says how many there are, in words. `wider` are ways on, when there are few or none.

    `by_time`: the first free time decides the order, else the distance from `origin`.
    """

    count: str
    cards: tuple[Card, ...]
    next_href: str | None
    first_href: str | None
    wider: tuple[Wider, ...]
    similar: tuple[Wider, ...]
    origin: str
    by_time: bool = False
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """The page of a list, with a code or without. `asks` stands above the form, `back` leads to where one came from."""

    title: str
    back: Link
    asks: str
    lead: str
    form: SearchForm
    problems: list[Problem]
    found: Found | None
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class Extent:
    """The part of the list that is shown: how many, whether it begins the list, and whether there is more."""

    shown: int
    first: bool
    more: bool
    radius: int | None
    place: str
    by_time: bool = False


def search_form(
    action: str, place: str, radius: int | None, wishes: WishForm, spoken: Language, *, problems: list[Problem]
) -> SearchForm:
    """The form with what was asked; a radius that is not in the list gets a line of its own."""
    return SearchForm(action, place, radius_options(radius, spoken), None, False, by_field(problems), wishes)


def radius_options(radius: int | None, spoken: Language) -> tuple[Option, ...]:
    """5, 10, 25, 50, 100 km, the whole country, and the one that was asked for."""
    lengths = sorted({5, 10, 25, 50, 100} | ({radius} if radius is not None else set()))
    options = [Option(str(length), radius_words(length, spoken), length == radius) for length in lengths]
    return (*options, Option("alle", radius_words(None, spoken), radius is None))


def private_label(opens_on: date, spoken: Language) -> str:
    """The switch for what may open later."""
    return spoken.say("Vis også private steder, der måske åbner den %(date)s", date=dates.short_date(opens_on, spoken))


def count_words(extent: Extent, spoken: Language) -> str:
    """How many sites there are, as the heading says it and the live region announces it."""
    where = {"radius": radius_words(extent.radius, spoken), "place": extent.place}
    if not extent.first:
        if extent.by_time:
            return spoken.say_many(
                "%(count)s sted mere, med senere tid", "%(count)s steder mere, med senere tid", extent.shown
            )
        return spoken.say_many("%(count)s sted mere, længere væk", "%(count)s steder mere, længere væk", extent.shown)
    if extent.more and extent.by_time:
        return spoken.say("De %(count)s steder med de første tider. Der er flere med senere tider.", count=extent.shown)
    if extent.more:
        return spoken.say("De %(count)s nærmeste steder. Der er flere længere væk.", count=extent.shown)
    if extent.radius is None:
        return _everywhere(extent.shown, spoken)
    if extent.shown == 0:
        return spoken.say("Ingen steder med ledige tider inden for %(radius)s fra %(place)s", **where)
    return spoken.say_many(
        "%(count)s sted inden for %(radius)s fra %(place)s",
        "%(count)s steder inden for %(radius)s fra %(place)s",
        extent.shown,
        **where,
    )


def _everywhere(shown: int, spoken: Language) -> str:
    if shown == 0:
        return spoken.say("Ingen steder i hele landet har en ledig tid lige nu")
    return spoken.say_many("%(count)s sted i hele landet", "%(count)s steder i hele landet", shown)


def wider_links(action: str, query: dict[str, str], radius: int | None, spoken: Language) -> tuple[Wider, ...]:
    """Without the wishes, if there are any; the next radius up, and the whole country, if it was not everywhere."""
    plain = {name: value for name, value in query.items() if name not in NARROWING}
    fewer = (Wider(spoken.say("Søg uden dine ønsker"), list_address(action, plain)),) if plain != query else ()
    if radius is None:
        return fewer
    wider = [length for length in (10, 25, 50, 100) if length > radius][:1]
    nearby = [Wider(spoken.say("Søg inden for %(radius)s", radius=f"{km} km"), _at(action, query, km)) for km in wider]
    return (*fewer, *nearby, Wider(spoken.say("Søg i hele landet"), _at(action, query, "alle")))


def similar_links(action: str, query: dict[str, str], names: Sequence[str]) -> tuple[Wider, ...]:
    """Other places that the same words could mean."""
    return tuple(Wider(name, f"{action}?{urlencode(query | {'sted': name})}") for name in names)


def list_address(action: str, query: dict[str, str]) -> str:
    """The list for this question. It is never without one: who asks nothing gets what they asked last."""
    return f"{action}?{urlencode(query or {'sted': ''})}"


def _at(action: str, query: dict[str, str], radius: int | str) -> str:
    return f"{action}?{urlencode(query | {'radius': str(radius)})}"

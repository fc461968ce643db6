"""A genoptræningssted as it is shown: in a list, and on a page of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from matching.finding import Match
from matching.plan_facts import Basis
from portal.language import Language
from portal.presenting import dates
from portal.presenting.links import Link, phone_link, web_link
from portal.presenting.numbers import kilometres
from portal.presenting.words import FACT_WORDS, KIND_WORDS, MODE_WORDS, language_names
from providers.models import Site, SlotMode


@dataclass(frozen=True, slots=True)
class About:
    """What a citizen must know to get in and take part. `uncertain`: nobody has confirmed the times for long."""

    kind: str
    address: str
    facts: tuple[str, ...]
    languages: str
    phone: Link | None
    web: Link | None
    confirmed: str
    uncertain: bool
    phone_hours: str = ""

    @property
    def access(self) -> str:
        """The facts in one line."""
        return ", ".join(self.facts)


@dataclass(frozen=True, slots=True)
class Card:
    """A site in a list. `opens` says that, and when, it may open; `against` is its first time against the guarantee."""

    number: int
    anchor: str
    name: str
    href: str
    basis: str
    distance: str
    first_free: str
    against: str | None
    opens: str | None
    modes: str
    transport: str
    about: About
    longitude: float
    latitude: float


def card(
    match: Match,
    href: str,
    bases: Mapping[Basis, str],
    deadline: date | None,
    spoken: Language,
    *,
    transport: str = "",
    marked_before: datetime | None = None,
) -> Card:
    """`bases` are the words for this reader; without a `deadline` nothing is said of one. Times that were confirmed
    before `marked_before` are marked."""
    return Card(
        number=match.site_id,
        anchor=f"sted-{match.site_id}",
        name=match.site_name,
        href=href,
        basis=spoken.say(bases[match.basis]),
        distance=spoken.say("%(distance)s i lige linje", distance=kilometres(match.distance, spoken)),
        first_free=dates.first_letter_up(dates.start(match.first_free, spoken, year=False)),
        against=dates.against_deadline(match.first_free, deadline, spoken) if deadline else None,
        opens=opens_words(match.opens_on, spoken),
        modes=mode_words(match.modes, spoken),
        transport=transport,
        about=about_match(match, spoken, marked_before),
        longitude=match.longitude,
        latitude=match.latitude,
    )


def opens_words(opens_on: date | None, spoken: Language) -> str | None:
    """The tag of a private site whose door is still closed."""
    return spoken.say("Åbner måske %(date)s", date=dates.short_date(opens_on, spoken)) if opens_on else None


def mode_words(modes: Iterable[str], spoken: Language) -> str:
    """`Individuel · På hold`, always in the same order."""
    return _mode_words(frozenset(modes), spoken)


@lru_cache(maxsize=64)
def _mode_words(here: frozenset[str], spoken: Language) -> str:
    """There are few of them, and a page of a list asks for ten."""
    return " · ".join(spoken.say(MODE_WORDS[mode]) for mode in SlotMode if mode in here)


def about_match(match: Match, spoken: Language, marked_before: datetime | None = None) -> About:
    """What the list says of a site."""
    return About(
        kind=spoken.say(KIND_WORDS[match.provider_kind]),
        address=f"{match.street}, {match.postal_code} {match.postal_name}",
        facts=_facts(match, spoken),
        languages=language_names(match.languages, spoken),
        phone=phone_link(match.phone),
        web=web_link(match.web),
        confirmed=dates.short_date(match.capacity_confirmed_at, spoken),
        uncertain=_uncertain(match, marked_before),
    )


def about_site(site: Site, spoken: Language, marked_before: datetime | None = None) -> About:
    """What the site's own page says; the site comes with its provider and postal code."""
    return About(
        kind=spoken.say(KIND_WORDS[site.provider.kind]),
        address=address(site),
        facts=(*_facts(site, spoken), *door_words(site, spoken)),
        languages=language_names(site.languages, spoken),
        phone=phone_link(site.phone),
        web=web_link(site.web),
        confirmed=dates.short_date(site.capacity_confirmed_at, spoken),
        uncertain=_uncertain(site, marked_before),
        phone_hours=site.phone_hours or "",
    )


def address(site: Site) -> str:
    """`Prøvevej 1, 1050 København K`; the site comes with its postal code."""
    return f"{site.street}, {site.postal_code.code} {site.postal_code.name}"


def _facts(place: Match | Site, spoken: Language) -> tuple[str, ...]:
    return tuple(spoken.say(words) for name, words in FACT_WORDS.items() if getattr(place, name))


def door_words(site: Site, spoken: Language) -> tuple[str, ...]:
    """The narrowest door on the way in, if anybody has said it."""
    width = site.door_width_cm
    return (spoken.say("Smalleste dør %(width)s cm", width=str(width)),) if width else ()


def _uncertain(place: Match | Site, marked_before: datetime | None) -> bool:
    return marked_before is not None and place.capacity_confirmed_at < marked_before

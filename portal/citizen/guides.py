"""The pages that explain: for anybody, in plain words, and open to search engines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from portal.language import COOKIE, Language, language_of
from portal.presenting import dates
from portal.presenting.guides import charge_words
from portal.presenting.links import Link
from portal.presenting.transport import threshold_lines
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.visits import cookie_name
from providers.authorities import charges_from
from providers.clock import local_date
from providers.words import N_


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of the guide; `about` tells search engines what it says."""

    path: str
    template: str
    title: str
    about: str


HOW = Guide(
    "/saadan",
    "guide/how.html",
    N_("Sådan virker det frie valg"),
    N_("Fra sygehuset til den første træning i fem trin. Se, hvad du selv kan vælge, og hvornår."),
)
RIGHT_PLACE = Guide(
    "/rigtige-sted",
    "guide/right_place.html",
    N_("Er jeg det rigtige sted?"),
    N_("Genvej er for dig, der har en genoptræningsplan fra sygehuset. Se, hvad du kan gøre, hvis du ikke har."),
)
LEVELS = Guide(
    "/niveau",
    "guide/levels.html",
    N_("Basal eller avanceret?"),
    N_("Hvad basal og avanceret genoptræning betyder, og hvem der bestemmer, hvad du skal have."),
)
TRANSPORT = Guide(
    "/transport",
    "guide/transport.html",
    N_("Kørsel til genoptræning"),
    N_("Hvem der kan få betalt kørsel til genoptræning, hvad turen skal koste, og hvad frit valg betyder."),
)
STANDARDS = Guide(
    "/standard",
    "guide/standards.html",
    N_("Det kan du forvente af din kommune"),
    N_("Find din kommunes standard for genoptræning: frister, kontakt og hvordan du klager."),
)
ACCESSIBILITY = Guide(
    "/was",
    "guide/accessibility.html",
    N_("Tilgængelighedserklæring"),
    N_("Hvor godt Genvej kan bruges af alle, og hvordan du siger til, når noget ikke virker."),
)
PRIVACY = Guide(
    "/privatliv",
    "guide/privacy.html",
    N_("Sådan passer vi på dine oplysninger"),
    N_("Hvad Genvej gemmer om dig, hvorfor, hvem der kan se det, og hvilke rettigheder du har."),
)
COOKIES = Guide(
    "/cookies", "guide/cookies.html", N_("Cookies"), N_("Genvej bruger kun cookies, som siderne ikke kan virke uden.")
)
GUIDES = (HOW, RIGHT_PLACE, LEVELS, TRANSPORT, STANDARDS)
NOTICES = (ACCESSIBILITY, PRIVACY, COOKIES)
"""What every public service has to say of itself."""

STATED_ON = date(2026, 11, 22)
"""When the accessibility statement was last gone through; the law wants that once a year."""


async def how(request: Request) -> Response:
    """The free choice, step by step."""
    return show_guide(request, HOW)


async def right_place(request: Request) -> Response:
    """Where to turn with a plan and without; who answers for a specialised one depends on the date."""
    charges = await charges_from("specialised_rehabilitation", local_date(now_of(request)))
    return show_guide(request, RIGHT_PLACE, {"charges": charge_words(charges, language_of(request))})


async def levels(request: Request) -> Response:
    """What the municipality decides between."""
    return show_guide(request, LEVELS)


async def transport(request: Request) -> Response:
    """The rule, and the amounts of the years that are known."""
    spoken, now = language_of(request), local_date(now_of(request))
    lines = threshold_lines(request.app.state.catalogue.thresholds, spoken)
    return show_guide(request, TRANSPORT, {"lines": lines, "year": now.year})


async def accessibility(request: Request) -> Response:
    """The statement that the law on web accessibility asks for."""
    return show_guide(request, ACCESSIBILITY, {"stated_on": dates.short_date(STATED_ON, language_of(request))})


async def privacy(request: Request) -> Response:
    """What is kept of whom, and why."""
    return show_guide(request, PRIVACY)


async def cookies(request: Request) -> Response:
    """Which cookies there are."""
    settings = settings_of(request)
    names = {"visit_cookie": cookie_name(settings), "language_cookie": COOKIE}
    return show_guide(request, COOKIES, names | {"idle_minutes": settings.session_idle_minutes})


def show_guide(request: Request, guide: Guide, values: Mapping[str, Any] | None = None) -> Response:
    """The page, with the other guides beside it."""
    spoken = language_of(request)
    frame = {
        "title": spoken.say(guide.title),
        "description": spoken.say(guide.about),
        "beside": beside(guide, spoken),
    }
    return render(request, guide.template, frame | dict(values or {}))


def beside(guide: Guide, spoken: Language) -> list[Link]:
    """The other guides."""
    return [Link(spoken.say(other.title), other.path) for other in GUIDES if other is not guide]

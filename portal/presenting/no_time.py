"""When no time fits: the ways on, each with what has been asked for already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from babel.dates import get_day_names

from matching.calling import SiteToAsk
from matching.models import CallBack, Watch
from matching.watching.wanted import DAYS, wanted_of
from portal.isolating import isolated
from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import Option
from portal.presenting.links import Link, phone_link
from portal.presenting.numbers import kilometres, radius_words

SITE, AREA = "sted", "omkring"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the forms, whatever was typed."""

    where: str = AREA
    place: str = ""
    radius: str = "25"
    days: frozenset[str] = frozenset()
    call_site: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Waited:
    """Something that is waited for; `number` is what stops it."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Promised:
    """The promise of a call. `late`: its day has passed; then `phone` is the site's own number, if it has one."""

    words: str
    late: bool = False
    phone: Link | None = None


@dataclass(frozen=True, slots=True)
class NoTime:
    """`call` is the promise of a call that was asked for; None = none was, and `sites` could be asked.

    `promise` says by when they would ring. `asked` says that the municipality knows. `wider` are searches.
    """

    watches: tuple[Waited, ...]
    where: tuple[Option, ...]
    days: tuple[Option, ...]
    call: Promised | None
    promise: str
    sites: tuple[Option, ...]
    municipality: str
    phone: Link | None
    asked: str
    wider: tuple[Link, ...] = field(default=())


def waited(watch: Watch, home: str, spoken: Language) -> Waited:
    """`Et sted inden for 25 km fra 2300 København S, mandag eller tirsdag`; the watch comes with site and origin."""
    wanted = wanted_of(watch)
    if watch.site_id is not None:
        words = spoken.say("Hos %(site)s", site=watch.site.name if watch.site else "")
    elif watch.radius is None:
        words = spoken.say("Et sted i hele landet")
    else:
        place = f"{watch.origin.code} {watch.origin.name}" if watch.origin else home
        words = spoken.say(
            "Et sted inden for %(radius)s fra %(place)s", radius=radius_words(watch.radius, spoken), place=place
        )
    names = [day_name(day, spoken) for day in sorted(wanted.days)]
    return Waited(watch.number, f"{words} · {', '.join(names)}" if names else words)


def where_options(site: str, where: str, spoken: Language) -> tuple[Option, ...]:
    """At the site that the citizen comes from, if they come from one, or around a place."""
    around = Option(AREA, spoken.say("Hos et sted i nærheden"), where != SITE or not site)
    if not site:
        return (around,)
    return (Option(SITE, spoken.say("Kun hos %(site)s", site=site), where == SITE), around)


def day_options(chosen: frozenset[str], spoken: Language) -> tuple[Option, ...]:
    """Monday to Friday: what is open at weekends is so rare that whoever wants it leaves all of them open."""
    return tuple(
        Option(str(day), dates.first_letter_up(day_name(day, spoken)), str(day) in chosen) for day in DAYS if day < 6
    )


def day_name(day: int, spoken: Language) -> str:
    """`mandag` / `Monday`, by its ISO number."""
    return str(get_day_names("wide", locale=spoken.locale)[day - 1])


def promised(call: CallBack | None, today: date, spoken: Language) -> Promised | None:
    """The promise as it stands today; the call comes with its site."""
    if call is None:
        return None
    said = {"site": call.site.name, "day": dates.day(call.due_on, spoken, year=False)}
    if today <= call.due_on:
        return Promised(spoken.say("%(site)s skal ringe til dig senest %(day)s.", **said))
    words = spoken.say("%(site)s skulle have ringet til dig senest %(day)s.", **said)
    return Promised(words, late=True, phone=phone_link(call.site.phone))


def promise_words(due_on: date, spoken: Language) -> str:
    """By when they would ring."""
    return spoken.say(
        "Stedet får dit navn og nummer, og skal ringe senest %(day)s.", day=dates.day(due_on, spoken, year=False)
    )


def site_options(sites: Sequence[SiteToAsk], chosen: str, spoken: Language) -> tuple[Option, ...]:
    """`Stedet, 2300 København S (3,2 km)`; when nothing is chosen, the first is."""
    wanted = chosen if chosen in {str(site.site_id) for site in sites} else ""
    return tuple(
        Option(
            str(site.site_id),
            f"{isolated(site.name)}, {site.town} ({kilometres(site.distance, spoken)})",
            str(site.site_id) == wanted or (not wanted and at == 0),
        )
        for at, site in enumerate(sites)
    )

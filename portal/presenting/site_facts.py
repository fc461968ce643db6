"""A site as its own people and the approver see it: its facts, its staff, and how fresh its times are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from portal.language import Language
from portal.presenting.choices import Row
from portal.presenting.dates import short_date
from portal.presenting.sites import address, door_words, mode_words
from portal.presenting.tables import Head, Kind, Tag
from portal.presenting.words import FACT_WORDS, language_names
from providers.models import Practitioner, PractitionerRole, Site
from providers.sites.freshness import Freshness, Limits
from providers.sites.reading import Listed
from providers.words import N_

PROFESSION_WORDS: Mapping[str, str] = MappingProxyType({"5151": N_("Fysioterapeut"), "5153": N_("Ergoterapeut")})
ROLE_WORDS: Mapping[PractitionerRole, str] = MappingProxyType(
    {
        PractitionerRole.THERAPIST: N_("Terapeut"),
        PractitionerRole.ASSISTANT: N_("Assistent"),
        PractitionerRole.STUDENT: N_("Studerende under supervision"),
    }
)
_FRESH: Mapping[Freshness, tuple[str, Kind]] = MappingProxyType(
    {
        Freshness.FRESH: (N_("Bekræftet"), Kind.GOOD),
        Freshness.REMINDED: (N_("Bør bekræftes"), Kind.WAITING),
        Freshness.MARKED: (N_("Vises som usikkert"), Kind.WAITING),
        Freshness.STOPPED: (N_("Kan ikke vælges"), Kind.BAD),
    }
)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """`to_check`: nobody has looked the authorisation up yet. `site` is empty on the page of one site."""

    id: int
    name: str
    profession: str
    role: str
    authorisation: str
    checked: Tag | None
    to_check: bool
    site_id: int
    site: str


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site in a list; `provider` is empty where it has the same name."""

    id: int
    name: str
    provider: str
    address: str
    approved: str
    open: str
    fresh: Tag
    is_fresh: bool


def fact_rows(site: Site, spoken: Language) -> list[Row]:
    """Everything that is known; what nobody has said is said to be so."""
    access = [spoken.say(words) for name, words in FACT_WORDS.items() if getattr(site, name)]
    access += door_words(site, spoken)
    rows = (
        (N_("Adresse"), address(site)),
        (N_("Punkt på kortet"), _point(site, spoken)),
        (N_("Adgang"), ", ".join(access)),
        (N_("Sådan trænes der"), mode_words(site.modes or (), spoken)),
        (N_("Sprog"), language_names(site.languages, spoken)),
        (N_("Telefon"), ", ".join(filter(None, (site.phone, site.phone_hours)))),
        (N_("Hjemmeside"), site.web or ""),
        (N_("E-mail til nyt om tider"), site.notice_email or ""),
    )
    return [Row(spoken.say(label), value or spoken.say("Ikke oplyst")) for label, value in rows]


def person_lines(people: Sequence[Practitioner], spoken: Language) -> list[PersonLine]:
    """In the same order; of people of several sites when they come with them."""
    return [
        PersonLine(
            id=person.pk,
            name=person.name,
            profession=spoken.say(PROFESSION_WORDS.get(person.profession, person.profession)),
            role=spoken.say(ROLE_WORDS[person.role]),
            authorisation=person.authorisation_id or "",
            checked=_checked(person, spoken),
            to_check=person.authorisation_id is not None and person.checked_at is None,
            site_id=person.site_id,
            site=person.site.name if isinstance(person.site, Site) else "",
        )
        for person in people
    ]


def site_lines(sites: Sequence[Listed], limits: Limits, now: datetime, spoken: Language) -> list[SiteLine]:
    """In the same order."""
    return [
        SiteLine(
            id=site.id,
            name=site.name,
            provider=site.provider if site.provider != site.name else "",
            address=f"{site.street}, {site.postal_code} {site.postal_name}",
            approved=str(site.approved),
            open=str(site.open),
            fresh=fresh_tag(site.capacity_confirmed_at, limits, now, spoken),
            is_fresh=limits.at(site.capacity_confirmed_at, now) is Freshness.FRESH,
        )
        for site in sites
    ]


def fresh_tag(confirmed: datetime, limits: Limits, now: datetime, spoken: Language) -> Tag:
    """How the site stands, and when it was last confirmed."""
    words, kind = _FRESH[limits.at(confirmed, now)]
    return Tag(spoken.say(words), kind, short_date(confirmed, spoken))


def person_heads(spoken: Language) -> list[Head]:
    return [
        Head(spoken.say("Navn")),
        Head(spoken.say("Fag og opgave")),
        Head(spoken.say("Autorisation")),
        Head(spoken.say("Handling")),
    ]


def place_heads(spoken: Language) -> list[Head]:
    return [
        Head(spoken.say("Sted")),
        Head(spoken.say("Ledige tider")),
        Head(spoken.say("Godkendelser"), number=True),
        Head(spoken.say("Åbne ansøgninger"), number=True),
    ]


def _checked(person: Practitioner, spoken: Language) -> Tag | None:
    if person.checked_at:
        return Tag(spoken.say("Set efter"), Kind.GOOD, short_date(person.checked_at, spoken))
    return Tag(spoken.say("Ikke set efter endnu"), Kind.WAITING) if person.authorisation_id else None


def _point(site: Site, spoken: Language) -> str:
    latitude, longitude = (f"{number:.5f}" for number in (site.latitude, site.longitude))
    if spoken.code == "da":
        latitude, longitude = latitude.replace(".", ","), longitude.replace(".", ",")
    return spoken.say("%(latitude)s nord, %(longitude)s øst", latitude=latitude, longitude=longitude)

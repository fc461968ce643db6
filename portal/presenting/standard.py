"""A municipality's standard as citizens read it: the common template, and what the municipality says itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.language import Language
from portal.presenting.links import Link, phone_link, web_link
from portal.presenting.standard_words import TEMPLATE
from providers.models import MunicipalityStandard
from providers.reference.catalogue import MunicipalityEntry
from providers.words import N_

CONTACT_DAYS, START_DAYS = 4, 7
"""The deadlines of the law, for municipalities that have set none of their own."""

# The author of what comes with the reference data; a municipality's own author is a name, the same in every language.
N_("Genvej, efter kommunens kvalitetsstandard")


@dataclass(frozen=True, slots=True)
class Section:
    """`own`: the municipality's words, which are Danish on every page."""

    heading: str
    sentences: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Standard:
    """`published` says by whom it was written; empty for a municipality that uses the template."""

    municipality: str
    published: str
    contact_days: str
    start_days: str
    assessment: str
    sections: tuple[Section, ...]
    phone: Link | None
    email: Link | None
    web: Link | None


def standard(home: MunicipalityEntry, own: MunicipalityStandard | None, spoken: Language) -> Standard:
    """`own` is the version in force, if the municipality has published any."""
    contact, start = (own.contact_days, own.start_days) if own else (CONTACT_DAYS, START_DAYS)
    email = own.email if own and own.email else home.email
    return Standard(
        municipality=home.official_name,
        published=spoken.say("Kommunens egen standard, lagt ind af %(author)s.", author=spoken.say(own.author))
        if own
        else "",
        contact_days=spoken.say_many("%(count)s dag", "%(count)s dage", contact),
        start_days=spoken.say_many("%(count)s dag", "%(count)s dage", start),
        assessment=_assessment(own.unit if own and own.unit else home.official_name, spoken),
        sections=tuple(_sections(own.sections if own else {}, spoken)),
        phone=phone_link(own.phone if own and own.phone else home.phone),
        email=Link(email, f"mailto:{email}") if email else None,
        web=web_link(own.web) if own else None,
    )


def _assessment(unit: str, spoken: Language) -> str:
    return spoken.say("%(unit)s læser din plan og bestemmer, hvilken genoptræning du får, og hvor.", unit=unit)


def _sections(own: Mapping[str, str], spoken: Language) -> Iterator[Section]:
    for key, (heading, sentences) in TEMPLATE.items():
        if key in own:
            yield Section(spoken.say(heading), tuple(own[key].splitlines()), True)
        else:
            yield Section(spoken.say(heading), tuple(spoken.say(sentence) for sentence in sentences), False)

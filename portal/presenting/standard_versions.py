"""The versions of a municipality's standard, and the fields in which it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.language import Language
from portal.presenting import dates
from portal.presenting.standard_words import TEMPLATE
from portal.presenting.tables import Head, Kind, Tag
from providers.models import MunicipalityStandard
from providers.words import N_


@dataclass(frozen=True, slots=True)
class SectionField:
    """A section with what the municipality says itself, and what the template says when it says nothing."""

    name: str
    heading: str
    own: str
    template: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    path: str
    begins: str
    days: str
    own: str
    tag: Tag


def section_fields(typed: Mapping[str, str], spoken: Language) -> list[SectionField]:
    """In the order in which citizens read them."""
    return [
        SectionField(key, spoken.say(heading), typed.get(key, ""), " ".join(spoken.say(one) for one in sentences))
        for key, (heading, sentences) in TEMPLATE.items()
    ]


def version_heads(spoken: Language) -> list[Head]:
    """The columns of the list."""
    labels = (N_("Gælder fra"), N_("Kontakt og start"), N_("Egne afsnit"), N_("Status"))
    return [Head(spoken.say(label)) for label in labels]


def version_lines(
    versions: Sequence[MunicipalityStandard], in_force: MunicipalityStandard | None, today: date, spoken: Language
) -> list[VersionLine]:
    """Those that begin last first."""
    return [_line(version, in_force, today, spoken) for version in versions]


def _line(
    version: MunicipalityStandard, in_force: MunicipalityStandard | None, today: date, spoken: Language
) -> VersionLine:
    return VersionLine(
        path=f"/kommune/standard?udgave={version.pk}",
        begins=f"{dates.short_date(version.valid_from, spoken)} ({version.revision})",
        days=spoken.say("%(contact)s og %(start)s dage", contact=version.contact_days, start=version.start_days),
        own=str(len(version.sections)),
        tag=_tag(version, in_force, today, spoken),
    )


def _tag(version: MunicipalityStandard, in_force: MunicipalityStandard | None, today: date, spoken: Language) -> Tag:
    if in_force is not None and version.pk == in_force.pk:
        return Tag(spoken.say("Gælder nu"), Kind.GOOD)
    if version.valid_from > today:
        return Tag(spoken.say("Gælder senere"), Kind.WAITING)
    return Tag(spoken.say("Afløst"))

"""Applications and approvals in words, for the approver and for the site's own people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from matching.plan_facts import Level
from portal.language import Language
from portal.presenting.dates import short_date
from portal.presenting.overviews import APPROVAL_WORDS
from portal.presenting.tables import Head, Kind, Tag, deadline_tag
from portal.presenting.words import LEVEL_WORDS, package_words
from providers.approving import Application, Kept
from providers.clock import local_date
from providers.models import ApprovalState
from providers.reference import Catalogue

_KINDS: Mapping[ApprovalState, Kind] = MappingProxyType(
    {
        ApprovalState.APPLIED: Kind.WAITING,
        ApprovalState.RETURNED: Kind.WAITING,
        ApprovalState.APPROVED: Kind.GOOD,
        ApprovalState.SUSPENDED: Kind.BAD,
    }
)
_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One approval in a list. `answer_by` is the tag of its clock while it waits, or of its last day when that is near;
    None when there is neither. `provider` is empty where it has the site's name."""

    id: int
    site_id: int
    site: str
    provider: str
    package: str
    state: Tag
    days: str
    applied: str
    clock: Tag | None
    files: str


@dataclass(frozen=True, slots=True)
class FileLine:
    id: int
    name: str
    note: str


def approval_line(
    one: Application, catalogue: Catalogue, today: date, within: timedelta, spoken: Language
) -> ApprovalLine:
    """`within` is how long an application may wait."""
    return ApprovalLine(
        id=one.id,
        site_id=one.site_id,
        site=one.site,
        provider=one.provider if one.provider != one.site else "",
        package=package_and_level(one.package, one.level, catalogue, spoken),
        state=state_tag(one.state, spoken),
        days=days_words(one, spoken),
        applied=short_date(one.applied_at, spoken),
        clock=_clock(one, today, within, spoken),
        files=spoken.say_many("%(count)s fil", "%(count)s filer", one.files) if one.files else spoken.say("Ingen"),
    )


def approval_lines_of(
    found: Sequence[Application], catalogue: Catalogue, today: date, within: timedelta, spoken: Language
) -> list[ApprovalLine]:
    """In the same order."""
    return [approval_line(one, catalogue, today, within, spoken) for one in found]


def package_and_level(package: str, level: str, catalogue: Catalogue, spoken: Language) -> str:
    """`01 Underekstremitet, kirurgisk · Basal`."""
    return f"{package_words(catalogue.packages[package], spoken)} · {spoken.say(LEVEL_WORDS[Level(level)])}"


def state_tag(state: ApprovalState, spoken: Language) -> Tag:
    return Tag(spoken.say(APPROVAL_WORDS[state]), _KINDS.get(state, Kind.PLAIN))


def days_words(one: Application, spoken: Language) -> str:
    """From when to when; of an open application, from when it is wished for."""
    first = short_date(one.valid_from, spoken)
    if one.state in {ApprovalState.APPLIED, ApprovalState.RETURNED}:
        return spoken.say("Ønsket fra %(first)s", first=first)
    if one.valid_to is None:
        return spoken.say("Fra %(first)s", first=first)
    return spoken.say("Fra %(first)s til og med %(last)s", first=first, last=short_date(one.valid_to, spoken))


def worklist_heads(spoken: Language) -> list[Head]:
    return [
        Head(spoken.say("Sted")),
        Head(spoken.say("Pakke og niveau")),
        Head(spoken.say("Bevis")),
        Head(spoken.say("Søgt")),
        Head(spoken.say("Frist")),
    ]


def ending_heads(spoken: Language) -> list[Head]:
    return [Head(spoken.say("Sted")), Head(spoken.say("Pakke og niveau")), Head(spoken.say("Udløber"))]


def approval_heads(spoken: Language) -> list[Head]:
    return [Head(spoken.say("Pakke og niveau")), Head(spoken.say("Tilstand")), Head(spoken.say("Gælder"))]


def file_lines(found: Sequence[Kept], spoken: Language) -> list[FileLine]:
    """What can be fetched."""
    return [FileLine(one.id, f"{one.name}.{one.kind}", _about(one, spoken)) for one in found]


def _about(one: Kept, spoken: Language) -> str:
    return f"{one.kind.upper()}, {max(1, round(one.size / 1024))} kB, {short_date(one.uploaded_at, spoken)}"


def _clock(one: Application, today: date, within: timedelta, spoken: Language) -> Tag | None:
    if one.state is ApprovalState.APPLIED:
        return deadline_tag(local_date(one.applied_at) + within, today, spoken)
    if one.state is ApprovalState.APPROVED and one.valid_to is not None and one.valid_to <= today + _SOON:
        return ending_tag(one.valid_to, today, spoken)
    return None


def ending_tag(last: date, today: date, spoken: Language) -> Tag:
    """How near the last day is: the nearer, the louder."""
    days, note = (last - today).days, short_date(last, spoken)
    if days < 0:
        return Tag(spoken.say("Udløbet"), Kind.BAD, note)
    words = spoken.say_many("Udløber om %(count)s dag", "Udløber om %(count)s dage", days)
    return Tag(words, Kind.BAD if days <= 7 else Kind.WAITING if days <= 30 else Kind.PLAIN, note)

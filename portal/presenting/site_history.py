"""What happened to a site and its approvals, one line each, with who and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from portal.isolating import isolated
from portal.language import Language
from portal.presenting.approvals import package_and_level
from portal.presenting.dates import day_and_time, short_date
from providers.approving import Happened
from providers.models import SiteEventKind
from providers.reference import Catalogue
from providers.roles import Role
from providers.words import N_

KIND_WORDS: Mapping[SiteEventKind, str] = MappingProxyType(
    {
        SiteEventKind.APPLIED: N_("Søgt"),
        SiteEventKind.ANSWERED: N_("Svaret på det, der manglede"),
        SiteEventKind.APPROVED: N_("Godkendt"),
        SiteEventKind.RETURNED: N_("Sendt tilbage til ansøgeren"),
        SiteEventKind.REJECTED: N_("Afvist"),
        SiteEventKind.SUSPENDED: N_("Sat i bero"),
        SiteEventKind.RESUMED: N_("Genoptaget"),
        SiteEventKind.WITHDRAWN: N_("Trukket tilbage"),
        SiteEventKind.REMARK: N_("Tilsyn"),
        SiteEventKind.CHECKED: N_("Autorisation set efter"),
    }
)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`days` is the period that was decided, `about` package and level; either may be empty."""

    when: str
    what: str
    about: str
    days: str
    who: str
    reason: str


def history_lines(found: Sequence[Happened], catalogue: Catalogue, spoken: Language) -> list[HistoryLine]:
    """In the same order."""
    return [_line(one, catalogue, spoken) for one in found]


def _line(one: Happened, catalogue: Catalogue, spoken: Language) -> HistoryLine:
    known = one.package is not None and one.level is not None
    return HistoryLine(
        when=day_and_time(one.at, spoken),
        what=spoken.say(KIND_WORDS[one.kind]),
        about=package_and_level(one.package or "", one.level or "", catalogue, spoken) if known else "",
        days=_days(one, spoken) if one.kind in {SiteEventKind.APPROVED, SiteEventKind.RESUMED} else "",
        who=_who(one, spoken),
        reason=one.reason,
    )


def _who(one: Happened, spoken: Language) -> str:
    """A person, or at least from which side."""
    side = spoken.say("Godkenderen") if one.actor.startswith(f"{Role.APPROVER}:") else spoken.say("Stedet")
    return f"{isolated(one.person)}, {side.lower()}" if one.person else side


def _days(one: Happened, spoken: Language) -> str:
    if one.valid_from is None:
        return ""
    first = short_date(one.valid_from, spoken)
    if one.valid_to is None:
        return spoken.say("Fra %(first)s", first=first)
    return spoken.say("Fra %(first)s til og med %(last)s", first=first, last=short_date(one.valid_to, spoken))

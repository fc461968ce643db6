"""What all that comes back every week has in common, as a line and as a form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.language import Language
from portal.presenting import dates
from portal.presenting.courses import mode_words
from portal.presenting.pattern_packages import only_for
from providers.models import OpeningPattern
from providers.reference import Catalogue


@dataclass(frozen=True, slots=True)
class WeeklyLine:
    """`about` names the line for those who do not see which line a button is in."""

    id: int
    when: str
    what: str
    about: str


def weekly_line(
    one: OpeningPattern, when: str, more: Iterable[str], catalogue: Catalogue, spoken: Language
) -> WeeklyLine:
    """Its mode, its length, `more`, the packages that it is kept for, and the days between which it counts."""
    length = spoken.say("%(minutes)s minutter", minutes=one.minutes)
    packages = only_for(one.package_levels, catalogue, spoken)
    facts = (mode_words(one.mode, spoken), length, *more, packages, _period(one, spoken))
    what = ", ".join(filter(None, facts))
    return WeeklyLine(one.id, when, what, f"{when}, {what}")


def _period(one: OpeningPattern, spoken: Language) -> str:
    first = dates.short_date(one.valid_from, spoken)
    if one.valid_to is None:
        return spoken.say("fra %(first)s", first=first)
    return spoken.say("%(first)s til %(last)s", first=first, last=dates.short_date(one.valid_to, spoken))


def weekly_fields(one: OpeningPattern, today: date) -> dict[str, str]:
    """The fields that every form has, of one that is to be changed."""
    return {
        "minutter": str(one.minutes),
        "form": one.mode.value,
        "foerste": f"{max(one.valid_from, today):%d.%m.%Y}",
        "sidste": f"{one.valid_to:%d.%m.%Y}" if one.valid_to else "",
        "pakker": ",".join(map(str, one.package_levels or ())),
        "erstatter": str(one.id),
        "slet": "",
    }


def new_fields(today: date) -> dict[str, str]:
    """The same for a new one: what is likely."""
    first = f"{today:%d.%m.%Y}"
    return {"minutter": "45", "form": "", "foerste": first, "sidste": "", "pakker": "", "erstatter": "", "slet": ""}

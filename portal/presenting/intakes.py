"""How many can begin in a week, in words and as a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.language import Language
from portal.presenting import dates
from portal.presenting.courses import mode_words
from portal.presenting.pattern_packages import only_for
from providers.models import OpeningPattern
from providers.reference import Catalogue


@dataclass(frozen=True, slots=True)
class IntakeLine:
    id: int
    number: str
    what: str
    period: str


def intake_fields(intake: OpeningPattern | None, today: date) -> dict[str, str]:
    """The form's fields: of a number that is to be changed, or what is likely."""
    if intake is None:
        likely = {"antal": "", "form": "", "minutter": "45", "foerste": f"{today:%d.%m.%Y}", "sidste": ""}
        return likely | {"varsel": "3", "frem": "8", "pakker": "", "erstatter": "", "slet": ""}
    return {
        "antal": str(intake.seats),
        "form": intake.mode.value,
        "minutter": str(intake.minutes),
        "foerste": f"{max(intake.valid_from, today):%d.%m.%Y}",
        "sidste": f"{intake.valid_to:%d.%m.%Y}" if intake.valid_to else "",
        "varsel": str(intake.notice_hours // 24),
        "frem": str(intake.horizon_days // 7),
        "pakker": ",".join(map(str, intake.package_levels or ())),
        "erstatter": str(intake.id),
        "slet": "",
    }


def intake_lines(found: Sequence[OpeningPattern], catalogue: Catalogue, spoken: Language) -> list[IntakeLine]:
    """In the order in which they begin."""
    return [_line(one, catalogue, spoken) for one in sorted(found, key=lambda one: (one.valid_from, one.id))]


def _line(one: OpeningPattern, catalogue: Catalogue, spoken: Language) -> IntakeLine:
    first = dates.short_date(one.valid_from, spoken)
    period = spoken.say("fra %(first)s", first=first)
    if one.valid_to:
        period = spoken.say("%(first)s til %(last)s", first=first, last=dates.short_date(one.valid_to, spoken))
    minutes = spoken.say("%(minutes)s minutter", minutes=one.minutes)
    what = ", ".join(
        filter(None, (mode_words(one.mode, spoken), minutes, only_for(one.package_levels, catalogue, spoken)))
    )
    return IntakeLine(one.id, spoken.say_many("%(count)s ny om ugen", "%(count)s nye om ugen", one.seats), what, period)

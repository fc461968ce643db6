"""How many can begin in a week, in words and as a form."""

from collections.abc import Sequence
from datetime import date

from portal.language import Language
from portal.presenting.weekly import WeeklyLine, new_fields, weekly_fields, weekly_line
from providers.models import OpeningPattern
from providers.reference import Catalogue


def weekly_starts_fields(line: OpeningPattern | None, today: date) -> dict[str, str]:
    """The form's fields: of a number that is to be changed, or what is likely."""
    if line is None:
        return new_fields(today) | {"antal": "", "varsel": "3", "frem": "8"}
    return weekly_fields(line, today) | {
        "antal": str(line.seats),
        "varsel": str(line.notice_hours // 24),
        "frem": str(line.horizon_days // 7),
    }


def weekly_starts_lines(found: Sequence[OpeningPattern], catalogue: Catalogue, spoken: Language) -> list[WeeklyLine]:
    """In the order in which they begin."""
    in_order = sorted(found, key=lambda one: (one.valid_from, one.id))
    return [weekly_line(one, _number(one, spoken), (), catalogue, spoken) for one in in_order]


def _number(one: OpeningPattern, spoken: Language) -> str:
    return spoken.say_many("%(count)s ny om ugen", "%(count)s nye om ugen", one.seats)

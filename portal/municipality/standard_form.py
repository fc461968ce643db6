"""The form of a municipality's own standard, read from what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData

from matching.standards import LONGEST_SECTION, StandardDraft, check_standard
from portal.days_typed import DayUnreadable, typed_day
from portal.presenting.standard import CONTACT_DAYS, START_DAYS
from portal.presenting.standard_words import TEMPLATE
from portal.reading import text_of
from providers.errors import GenvejError
from providers.models import MunicipalityStandard

_LINES = ("unit", "phone", "email", "web")
_LONGEST = {"unit": 120, "phone": 20, "email": 120, "web": 120}
FIELDS = ("valid_from", "contact_days", "start_days", *_LINES, *TEMPLATE)


@dataclass(frozen=True, slots=True)
class Read:
    """The draft, what was typed of it, and by field what cannot be."""

    draft: StandardDraft
    typed: Mapping[str, str]
    errors: Mapping[str, GenvejError]


def read_form(form: FormData, today: date) -> Read:
    """Days that cannot be read count as none, which is no number of days that can be promised."""
    typed = {name: text_of(form, name).strip() for name in FIELDS}
    errors: dict[str, GenvejError] = {}
    try:
        begins = typed_day(typed["valid_from"]) or today
    except DayUnreadable as error:
        begins, errors["valid_from"] = today, error
    draft = StandardDraft(
        valid_from=begins,
        contact_days=_days(typed["contact_days"]),
        start_days=_days(typed["start_days"]),
        **{name: typed[name][: _LONGEST[name]] or None for name in _LINES},
        sections={key: typed[key][:LONGEST_SECTION] for key in TEMPLATE if typed[key]},
    )
    return Read(draft, typed, {**check_standard(draft, today), **errors})


def typed_of(version: MunicipalityStandard | None, today: date) -> dict[str, str]:
    """The fields as a version has them; without one, as the law and the template do."""
    contact, start = (version.contact_days, version.start_days) if version else (CONTACT_DAYS, START_DAYS)
    sections = version.sections if version else {}
    return {
        "valid_from": today.isoformat(),
        "contact_days": str(contact),
        "start_days": str(start),
        **{name: (getattr(version, name) if version else None) or "" for name in _LINES},
        **{key: sections.get(key, "") for key in TEMPLATE},
    }


def _days(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

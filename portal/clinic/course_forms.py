"""The forms of a course's page, read from what was sent; the names of the fields are those of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request

from matching.course.errors import ContactImpossible
from matching.course.notes import LONGEST
from matching.course_codes import Intervention
from portal.days_typed import typed_day
from portal.reading import text_of, whole_number
from providers.clock import COPENHAGEN
from providers.models import SlotMode
from providers.written import typed_time

SEEN = "kendt"
"""The hidden field of every form of the page: the number of the last event that was shown."""

FIELDS = (
    *("dag", "klokken", "minutter", "form", "indsats"),
    *("afslutning", "stopaarsag", "stopord", "niveauord", "grund", "grundord", "tid", "overbook", "afvisning"),
)
C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Sent:
    """`seen` is 0 for a form that does not say it, which no course with an event has. `ticked` are boxes."""

    seen: int
    typed: Mapping[str, str]
    ticked: Sequence[str] = ()

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name, "")


NOTHING_SENT = Sent(0, {})


@dataclass(frozen=True, slots=True)
class ContactTyped:
    """A contact that was carried out."""

    at: datetime
    minutes: int
    mode: SlotMode
    intervention: Intervention


async def sent_of(request: Request) -> Sent:
    """What was typed, and up to which event the course was known. One letter more than may be kept shows that."""
    form = await request.form()
    typed = {name: text_of(form, name)[: LONGEST + 1] for name in FIELDS if name in form}
    ticked = [text for text in form.getlist("grunde") if isinstance(text, str)]
    return Sent(whole_number(text_of(form, SEEN)) or 0, typed, ticked)


def chosen(kind: type[C], text: str) -> C | None:
    """One of the codes, or None."""
    return kind(text) if text in set(kind) else None


def contact_of(sent: Sent) -> ContactTyped:
    """What was typed of a contact; raises DayUnreadable, and ContactImpossible for whatever else cannot be read."""
    day, mode = typed_day(sent["dag"]), chosen(SlotMode, sent["form"])
    intervention, minutes = chosen(Intervention, sent["indsats"]), whole_number(sent["minutter"].strip())
    clock = typed_time(sent["klokken"])
    if day is None or mode is None or intervention is None or minutes is None or clock is None:
        raise ContactImpossible
    return ContactTyped(datetime.combine(day, clock, COPENHAGEN), minutes, mode, intervention)

"""The forms of a case's page, read from what was sent; the names of the fields are those of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.datastructures import FormData
from starlette.requests import Request

from matching.casework import Assessment
from matching.plan_facts import Level
from matching.states import StopReason
from portal.reading import INTEGER, text_of, whole_number
from providers.errors import GenvejError
from providers.words import N_

SEEN = "kendt"
"""The hidden field of every form of the page: the number of the last event that was shown."""

_LONGEST = 60
_FIELDS = (
    "forloebspakke",
    "niveau",
    "referencested",
    "udskrevet",
    "tidligste_start",
    "aarsag",
    "kommune",
    "tid",
    "sprog",
    "hvordan",
)


class DischargeMissing(GenvejError):
    code: ClassVar[str] = "discharge_missing"
    message: ClassVar[str] = N_("Skriv, hvornår borgeren blev udskrevet.")


@dataclass(frozen=True, slots=True)
class Sent:
    """`seen` is 0 for a form that does not say it, which no case with an event has. `told` are the boxes ticked."""

    seen: int
    typed: Mapping[str, str]
    told: Sequence[str] = ()


NOTHING_SENT = Sent(0, {})


async def sent_of(request: Request) -> Sent:
    """What was typed, and up to which event the case was known."""
    form: FormData = await request.form()
    typed = {name: text_of(form, name).strip()[:_LONGEST] for name in _FIELDS if name in form}
    told = [text for text in form.getlist("fortalt") if isinstance(text, str)]
    return Sent(whole_number(text_of(form, SEEN)) or 0, typed, told)


def assessment_of(typed: Mapping[str, str], packages: Mapping[str, object]) -> Assessment:
    """What was decided; words that are none of the choices count as nothing chosen."""
    package, level = typed.get("forloebspakke", ""), typed.get("niveau", "")
    return Assessment(
        package=package if package in packages else None,
        level=Level(level) if level in set(Level) else None,
        reference_site=whole_number(typed.get("referencested", ""), INTEGER),
    )


def stop_reason_of(typed: Mapping[str, str]) -> StopReason | None:
    """The reason chosen, if any."""
    reason = typed.get("aarsag", "")
    return StopReason(reason) if reason in set(StopReason) else None

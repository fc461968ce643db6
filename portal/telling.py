"""What a form has done, said once on the next page of the room, with a button that undoes it where that is possible."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from portal.language import Language
from portal.visits import visit_of

_KEPT = "told"


@dataclass(frozen=True, slots=True)
class Undo:
    """A form that takes back what was done; it is sent with the field `som` like any other."""

    action: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence, and how it is undone; `refused` = nothing was done, and the sentence says why."""

    words: str
    undo: Undo | None = None
    refused: bool = False


def tell(request: Request, message: str, *, undo: Undo | None = None, refused: bool = False, **details: str) -> None:
    """Say `message` (a msgid, with its details) on the next page. Never a citizen's name: the visit keeps it in plain.

    `tell(request, N_("Tiden er åbnet igen."), undo=Undo("/klinik/tider/luk", {"tid": "17"}))`
    """
    taking_back = [undo.action, dict(undo.fields)] if undo else None
    # Processes of before, while they are exchanged one by one, know three parts.
    said = [message, details, taking_back, *([True] if refused else [])]
    visit_of(request).data.setdefault(_KEPT, []).append(said)


def told(request: Request, spoken: Language) -> list[Message]:
    """What has not been said yet; afterwards it has."""
    waiting = visit_of(request).data.pop(_KEPT, [])
    return [
        Message(spoken.say(message, **details), Undo(*undo) if undo else None, bool(refused))
        for message, details, undo, *refused in waiting
    ]

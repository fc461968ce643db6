"""Which plan a citizen's form is about: it says so, sealed, whatever is opened in the same browser afterwards."""

from dataclasses import dataclass
from typing import ClassVar

from cryptography.fernet import InvalidToken
from starlette.requests import Request

from portal.acting import assistance_of
from portal.admission import PostChanged
from portal.request_facts import settings_of
from portal.visits import visit_of
from providers.errors import GenvejError
from providers.words import N_

FIELD = "sag"
"""The hidden field that says it."""

_MARK = b"form:"


class OtherPlanOpen(GenvejError):
    code: ClassVar[str] = "other_plan_open"
    message: ClassVar[str] = N_("Et andet forløb er åbnet i denne browser imens, så intet er gemt.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the field says. `by`: the post of the caseworker who helps; empty for whoever has the codes."""

    plan_id: int
    by: str


def whose(request: Request) -> str:
    """What stands in the field on a page of the plan that is open."""
    said = f"{visit_of(request).data.get('plan')}:{_by(request)}"
    return settings_of(request).vault().seal(_MARK + said.encode()).decode()


async def mark_of_form(request: Request) -> Mark | None:
    """Whose form was sent; None when it does not say, or says what we never wrote."""
    said = (await request.form()).get(FIELD)
    try:
        opened = settings_of(request).vault().open(said.encode()) if isinstance(said, str) else b""
    except InvalidToken:
        return None
    number, _, by = opened.removeprefix(_MARK).decode(errors="replace").partition(":")
    return Mark(int(number), by) if opened.startswith(_MARK) and number.isdigit() else None


async def check_whose(request: Request) -> None:
    """Raises OtherPlanOpen for a form of another plan than the one that is open, PostChanged for one that another wrote
    for the same citizen.
    """
    opened, mark = visit_of(request).data.get("plan"), await mark_of_form(request)
    if opened is None or mark is None:
        return
    if mark.plan_id != opened:
        raise OtherPlanOpen
    if mark.by != _by(request):
        raise PostChanged


def _by(request: Request) -> str:
    assistance = assistance_of(visit_of(request))
    return str(assistance.membership_id) if assistance else ""

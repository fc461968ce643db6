"""Which plan a citizen's form is about: it says so, sealed, whatever is opened in the same browser afterwards."""

from typing import ClassVar

from cryptography.fernet import InvalidToken
from starlette.requests import Request

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


def whose(request: Request) -> str:
    """What stands in the field on a page of the plan that is open."""
    plan_id = str(visit_of(request).data.get("plan")).encode()
    return settings_of(request).vault().seal(_MARK + plan_id).decode()


async def plan_of_form(request: Request) -> int | None:
    """The plan whose form was sent; None when it does not say, or says what we never wrote."""
    said = (await request.form()).get(FIELD)
    try:
        opened = settings_of(request).vault().open(said.encode()) if isinstance(said, str) else b""
    except InvalidToken:
        return None
    number = opened.removeprefix(_MARK)
    return int(number) if opened.startswith(_MARK) and number.isdigit() else None


async def check_whose(request: Request) -> None:
    """Raises OtherPlanOpen for a form of another plan than the one that is open."""
    opened = visit_of(request).data.get("plan")
    if opened is not None and await plan_of_form(request) not in {None, opened}:
        raise OtherPlanOpen

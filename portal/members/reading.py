"""Whom a page is about: somebody of the asker's organisation, or nobody (404)."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from portal.admission import member_of
from portal.request_facts import now_of
from providers.accounts import Colleague, colleague_of

_LARGEST = 2**31 - 1


async def colleague(request: Request) -> Colleague:
    """The colleague whose number stands in the address; a stranger's is as good as none."""
    number = number_of(request.path_params["account_id"])
    found = await colleague_of(member_of(request).actor, number, now_of(request)) if number else None
    if found is None:
        raise HTTPException(404)
    return found


def number_of(text: str) -> int:
    """A number as it stands in an address or a form; 0 for text that is none."""
    figures = text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST))
    return int(text) if figures and int(text) <= _LARGEST else 0

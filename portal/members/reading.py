"""Whom a page is about: somebody of the asker's organisation, or nobody (404)."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from portal.admission import member_of
from portal.reading import INTEGER, whole_number
from portal.request_facts import now_of
from providers.accounts import Colleague, colleague_of


async def colleague(request: Request) -> Colleague:
    """The colleague whose number stands in the address; a stranger's is as good as none."""
    number = whole_number(request.path_params["account_id"], INTEGER)
    found = await colleague_of(member_of(request).actor, number, now_of(request)) if number else None
    if found is None:
        raise HTTPException(404)
    return found

"""Reading what a form or an address holds. Text of any kind may come; nothing of it is trusted."""

from uuid import UUID

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from matching.booking.errors import BookingUnknown

INTEGER = 2**31 - 1
"""The largest number of a row that is counted in an `integer`: of sites, approvals, and the people there."""


async def field(request: Request, name: str) -> str:
    """One field of a form as text; empty when it is missing or a file."""
    return text_of(await request.form(), name)


async def words(request: Request, name: str) -> str:
    """A field of free text, without the one sign that the database cannot hold."""
    return (await field(request, name)).replace("\x00", "").strip()


def text_of(form: FormData, name: str) -> str:
    """The same, of a form that has been read."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def line_asked(request: Request, name: str, longest: int) -> str:
    """What the address asks by, as one short line without the signs that nobody sees."""
    typed = request.query_params.get(name, "")
    return "".join(letter for letter in typed if letter.isprintable()).strip()[:longest]


def site_number(request: Request) -> int:
    """The site's number in the address; anything else is a page that does not exist (404)."""
    number = whole_number(request.path_params["site_id"], INTEGER)
    if number is None:
        raise HTTPException(404)
    return number


def whole_number(text: str, largest: int = 2**63 - 1) -> int | None:
    """A number from 1 on, such as a row's; None for text that cannot be one."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(largest)):
        return None
    return int(text) if 0 < int(text) <= largest else None


def booking_number(text: str) -> UUID:
    """A booking's number as a form sends it; raises BookingUnknown for text that is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise BookingUnknown from error

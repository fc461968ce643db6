"""Letters to be printed, and messages that could not be sent: seen, printed, sent again, given up."""

from collections.abc import Awaitable, Callable
from typing import cast
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.messages.remedies import MessageUnknown, drop_message, letter_of, mark_printed, resend_message
from matching.messages.waiting_letters import waiting_messages
from portal.access import actor_of, now_of, settings_of
from portal.admission import member_of
from portal.citizen.reading import words
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.informing import waiting_heads, waiting_lines
from portal.telling import tell
from providers.database import looking
from providers.errors import GenvejError
from providers.words import N_

PATH = "/kommune/breve"


async def show_letters(request: Request) -> Response:
    """Those that have waited longest first; case numbers only, so nothing is logged of persons."""
    spoken, member = language_of(request), member_of(request)
    async with looking(member.post.scope):
        found = await waiting_messages(cast(str, member.post.municipality))
    lines = waiting_lines(found, spoken)
    values = {"title": spoken.say("Breve og beskeder"), "heads": waiting_heads(spoken), "lines": lines}
    return await show(request, "municipality/letters.html", values)


async def take_letter(request: Request) -> Response:
    """The PDF, to be printed. That it was opened is written down, for it may hold codes."""
    vault = settings_of(request).vault()
    try:
        pdf = await letter_of(_number(request), actor=actor_of(request), now=now_of(request), vault=vault)
    except MessageUnknown as error:
        raise HTTPException(404) from error
    headers = {"Content-Disposition": 'attachment; filename="brev.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


async def printed(request: Request) -> Response:
    """It is in the post; its content is forgotten."""
    return await _done(request, _printed, N_("Brevet er printet. Indholdet er slettet."))


async def again(request: Request) -> Response:
    """Try to send it once more."""
    return await _done(request, _again, N_("Beskeden bliver sendt igen."))


async def give_up(request: Request) -> Response:
    """Take it off the list, with a reason."""
    if not await words(request, "grund"):
        tell(request, N_("Skriv en grund til, at beskeden ikke skal sendes."))
        return RedirectResponse(PATH, 303)
    return await _done(request, _drop, N_("Beskeden er taget af listen."))


async def _printed(request: Request, message_id: UUID) -> None:
    await mark_printed(message_id, actor=actor_of(request), now=now_of(request))


async def _again(request: Request, message_id: UUID) -> None:
    await resend_message(message_id, actor=actor_of(request), now=now_of(request))


async def _drop(request: Request, message_id: UUID) -> None:
    reason = await words(request, "grund")
    await drop_message(message_id, actor=actor_of(request), now=now_of(request), reason=reason)


async def _done(request: Request, act: Callable[[Request, UUID], Awaitable[None]], words: str) -> Response:
    try:
        await act(request, _number(request))
    except MessageUnknown as error:
        raise HTTPException(404) from error
    except GenvejError as error:
        words = error.message
    tell(request, words)
    return RedirectResponse(PATH, 303)


def _number(request: Request) -> UUID:
    try:
        return UUID(request.path_params["message_id"])
    except ValueError as error:
        raise HTTPException(404) from error

"""Letters to be printed, one or many at a time, and messages that could not be sent: sent again, given up."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import cast
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.messages.printing import MOST, letters_of, mark_printed, put_back
from matching.messages.remedies import MessageUnknown, drop_message, resend_message
from matching.messages.waiting_letters import waiting_messages
from portal.admission import member_of
from portal.language import language_of
from portal.letters.pdf import bindable, pdf_of
from portal.municipality.room import show
from portal.presenting.informing import waiting_heads, waiting_lines
from portal.reading import text_of, words
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import Undo, tell
from providers.database import looking
from providers.errors import GenvejError
from providers.words import N_

PATH = "/kommune/breve"
_POSTED = "sendt"


async def show_letters(request: Request) -> Response:
    """Those that have waited longest first; case numbers only, so nothing is logged of persons."""
    spoken, member = language_of(request), member_of(request)
    async with looking(member.post.scope):
        found = await waiting_messages(cast(str, member.post.municipality))
    lines = waiting_lines(found, spoken)
    values = {
        "title": spoken.say("Breve og beskeder"),
        "heads": waiting_heads(spoken),
        "lines": lines,
        "many": sum(line.to_print for line in lines) > 1,
        "most": MOST,
    }
    return await show(request, "municipality/letters.html", values)


async def take_letter(request: Request) -> Response:
    """The PDF, to be printed. That it was opened is written down, for it may hold codes."""
    try:
        kept = await _letters(request, [_number(request)])
    except MessageUnknown as error:
        raise HTTPException(404) from error
    return await _pdf(kept, "brev.pdf")


async def chosen(request: Request) -> Response:
    """All the letters that were chosen: taken as one PDF, or marked as posted, which can be undone."""
    form = await request.form()
    numbers = _numbers(form.getlist("brev"))
    try:
        if not numbers:
            tell(request, N_("Vælg mindst ét brev på listen."), refused=True)
        elif text_of(form, "goer") == _POSTED:
            await _mark(request, numbers)
        else:
            return await _together(request, numbers)
    except GenvejError as error:
        tell(request, error.message, refused=True)
    return RedirectResponse(PATH, 303)


async def put_posted_back(request: Request) -> Response:
    """The letters were not posted after all."""
    numbers = _numbers(text_of(await request.form(), "breve").split())
    try:
        count = await put_back(numbers, actor=actor_of(request), now=now_of(request))
        tell(request, N_("%(count)s breve står på listen igen."), count=str(count))
    except GenvejError as error:
        tell(request, error.message, refused=True)
    return RedirectResponse(PATH, 303)


async def _mark(request: Request, numbers: Sequence[UUID]) -> None:
    done = await mark_printed(numbers, actor=actor_of(request), now=now_of(request))
    undo = Undo(f"{PATH}/fortryd", {"breve": " ".join(map(str, done))})
    tell(request, N_("%(count)s breve er sendt. Indholdet bliver slettet om et døgn."), undo=undo, count=str(len(done)))


async def _together(request: Request, numbers: Sequence[UUID]) -> Response:
    """Letters of before, which are PDFs of their own, are taken one by one."""
    kept = await _letters(request, numbers)
    pages = [letter for letter in kept if bindable(letter)]
    if len(pages) < len(kept):
        tell(request, N_("%(count)s ældre breve skal hentes hver for sig."), count=str(len(kept) - len(pages)))
    return await _pdf(pages, "breve.pdf") if pages else RedirectResponse(PATH, 303)


async def _letters(request: Request, numbers: Sequence[UUID]) -> list[bytes]:
    vault = settings_of(request).vault()
    return await letters_of(numbers, actor=actor_of(request), now=now_of(request), vault=vault)


async def _pdf(kept: Sequence[bytes], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(await pdf_of(kept), media_type="application/pdf", headers=headers)


async def printed(request: Request) -> Response:
    """It is in the post; its content will be forgotten."""
    return await _done(request, _printed, "")


async def again(request: Request) -> Response:
    """Try to send it once more."""
    return await _done(request, _again, N_("Beskeden bliver sendt igen."))


async def give_up(request: Request) -> Response:
    """Take it off the list, with a reason."""
    if not await words(request, "grund"):
        tell(request, N_("Skriv en grund til, at beskeden ikke skal sendes."), refused=True)
        return RedirectResponse(PATH, 303)
    return await _done(request, _drop, N_("Beskeden er taget af listen."))


async def _printed(request: Request, message_id: UUID) -> None:
    await _mark(request, [message_id])


async def _again(request: Request, message_id: UUID) -> None:
    await resend_message(message_id, actor=actor_of(request), now=now_of(request))


async def _drop(request: Request, message_id: UUID) -> None:
    reason = await words(request, "grund")
    await drop_message(message_id, actor=actor_of(request), now=now_of(request), reason=reason)


async def _done(request: Request, act: Callable[[Request, UUID], Awaitable[None]], words: str) -> Response:
    try:
        await act(request, _number(request))
        if words:
            tell(request, words)
    except MessageUnknown as error:
        raise HTTPException(404) from error
    except GenvejError as error:
        tell(request, error.message, refused=True)
    return RedirectResponse(PATH, 303)


def _numbers(given: Sequence[object]) -> list[UUID]:
    """Those that are numbers of messages; anything else is passed over."""
    found = []
    for text in given:
        with suppress(ValueError):
            found.append(UUID(text if isinstance(text, str) else ""))
    return found


def _number(request: Request) -> UUID:
    try:
        return UUID(request.path_params["message_id"])
    except ValueError as error:
        raise HTTPException(404) from error

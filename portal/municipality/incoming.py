"""Plans that come in: files are laid up here, and what could not be read waits here."""

from collections import Counter
from collections.abc import Iterable
from typing import ClassVar, cast

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.intake.directory import load_directory
from matching.intake.items import Item
from matching.intake.listing import ArrivalUnknown, arrivals, set_aside
from matching.intake.reading import LARGEST
from matching.intake.retrying import try_again
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.models import ArrivalState, MessageSource
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.forms import problem_values
from portal.presenting.incoming import arrival_heads, arrival_lines
from portal.reading import text_of, whole_number
from portal.request_facts import now_of, settings_of
from portal.telling import tell
from providers.database import looking
from providers.errors import GenvejError
from providers.words import N_

PATH = "/kommune/planer/ind"
UNREAD = "ulaeste"
PAGE = 50
"""Plans on a page."""

_ALL = "alle"


class NoFileChosen(GenvejError):
    code: ClassVar[str] = "no_file_chosen"
    message: ClassVar[str] = N_("Vælg mindst én fil.")


async def show_all(request: Request) -> Response:
    """The newest first; with `vis=ulaeste` only those that wait."""
    return await _page(request)


async def upload(request: Request) -> Response:
    """Take in the chosen files, whatever is in them; what cannot be read stands on the list."""
    form = await request.form()
    sent = [file for file in form.getlist("filer") if isinstance(file, UploadFile) and file.filename]
    if not sent:
        return await _page(request, {"filer": NoFileChosen()})
    items = await bring(request, [await _file(file) for file in sent], MessageSource.UPLOAD)
    return say_what_became(request, items)


async def retry(request: Request) -> Response:
    """Read an unread plan again, or all of them; raises ArrivalUnknown for one that does not wait."""
    member, now, chosen = member_of(request), now_of(request), text_of(await request.form(), "besked")
    number = whole_number(chosen)
    if number is None and chosen != _ALL:
        raise ArrivalUnknown
    items = await try_again(
        [number] if number else None,
        municipality=cast(str, member.post.municipality),
        directory=await load_directory(),
        actor=member.actor,
        now=now,
        vault=settings_of(request).vault(),
    )
    return say_what_became(request, items)


async def discard(request: Request) -> Response:
    """Take an unread plan off the list; raises ArrivalUnknown."""
    member, number = member_of(request), whole_number(text_of(await request.form(), "besked"))
    if number is None:
        raise ArrivalUnknown
    municipality = cast(str, member.post.municipality)
    await set_aside(number, municipality=municipality, actor=member.actor, now=now_of(request))
    tell(request, N_("Beskeden er lagt væk. Den bliver slettet, når fristen for opbevaring er gået."))
    return RedirectResponse(f"{PATH}?vis={UNREAD}", 303)


async def bring(request: Request, files: list[File], source: MessageSource) -> list[Item]:
    """Take files in as the municipality's own."""
    member = member_of(request)
    found = await take_in(
        files,
        municipality=cast(str, member.post.municipality),
        source=source,
        directory=await load_directory(),
        actor=member.actor,
        now=now_of(request),
        vault=settings_of(request).vault(),
    )
    return [item for items in found for item in items]


def say_what_became(request: Request, items: Iterable[Item]) -> Response:
    """On to the list, with the count on top of it."""
    counted = Counter(item.state for item in items)
    tell(
        request,
        N_("Nye sager: %(taken)s. Ændrede: %(changed)s. Kendt i forvejen: %(known)s. Ikke læst: %(failed)s."),
        taken=str(counted[ArrivalState.TAKEN]),
        changed=str(counted[ArrivalState.CHANGED]),
        known=str(counted[ArrivalState.KNOWN]),
        failed=str(counted[ArrivalState.FAILED]),
    )
    return RedirectResponse(f"{PATH}?vis={UNREAD}" if counted[ArrivalState.FAILED] else PATH, 303)


async def _file(sent: UploadFile) -> File:
    """One byte more than is allowed is enough to know."""
    return File(sent.filename or "", await sent.read(LARGEST + 1))


async def _page(request: Request, errors: dict[str, GenvejError] | None = None) -> Response:
    spoken, vault = language_of(request), settings_of(request).vault()
    unread = request.query_params.get("vis") == UNREAD
    after = whole_number(request.query_params.get("efter", ""))
    async with looking(member_of(request).post.scope):
        found = await arrivals(vault, state=ArrivalState.FAILED if unread else None, after=after, limit=PAGE + 1)
    kept = f"vis={UNREAD}&" if unread else ""
    values = {
        "title": spoken.say("Planer, der kommer ind"),
        **problem_values(errors, spoken),
        "unread": unread,
        "heads": arrival_heads(spoken),
        "lines": arrival_lines(found[:PAGE], spoken),
        "following": f"{PATH}?{kept}efter={found[PAGE - 1].id}" if len(found) > PAGE else "",
        "first": f"{PATH}?{kept}".rstrip("?&") if after else "",
    }
    return await show(request, "municipality/incoming.html", values, status=400 if errors else 200)

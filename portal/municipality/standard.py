"""The municipality's own standard: written, looked at as citizens will read it, published, and its earlier versions."""

from collections.abc import Mapping
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.standards import StandardChanged, newest_version, publish_standard, versions_of
from portal.admission import member_of
from portal.language import Language, language_of
from portal.municipality.room import show
from portal.municipality.standard_form import read_form, typed_of
from portal.presenting.forms import problem_values
from portal.presenting.standard import standard
from portal.presenting.standard_versions import section_fields, version_heads, version_lines
from portal.reading import text_of, whole_number
from portal.request_facts import now_of
from portal.telling import tell
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import MunicipalityStandard
from providers.words import N_

PATH = "/kommune/standard"
_LOOK = "vis"


async def show_form(request: Request) -> Response:
    """The version in force to be changed; with `udgave`, an earlier one is shown as citizens read it."""
    versions, in_force = await versions_of(member_of(request).actor, now_of(request))
    wanted = whole_number(request.query_params.get("udgave", ""))
    shown = next((version for version in versions if version.pk == wanted), None)
    return await _page(request, typed_of(in_force, _today(request)), shown=shown)


async def publish(request: Request) -> Response:
    """Publish what was written, or only look at it; what is wrong is said beside its field."""
    form, member, today = await request.form(), member_of(request), _today(request)
    read = read_form(form, today)
    if read.errors:
        return await _page(request, read.typed, errors=read.errors, status=400)
    if text_of(form, "goer") == _LOOK:
        version = read.draft.as_version(member.post.municipality or "", member.organisation or "")
        return await _page(request, read.typed, shown=version)
    seen = whole_number(text_of(form, "kendt")) or 0
    try:
        await publish_standard(read.draft, actor=member.actor, now=now_of(request), newest=seen)
    except StandardChanged as error:
        return await _page(request, read.typed, errors={"": error}, status=409)
    tell(request, N_("Standarden er offentliggjort."))
    return RedirectResponse(PATH, 303)


async def _page(
    request: Request,
    typed: Mapping[str, str],
    *,
    shown: MunicipalityStandard | None = None,
    errors: Mapping[str, GenvejError] | None = None,
    status: int = 200,
) -> Response:
    spoken, member = language_of(request), member_of(request)
    versions, in_force = await versions_of(member.actor, now_of(request))
    values = {
        "title": spoken.say("Kommunens standard"),
        **problem_values(errors, spoken),
        "typed": typed,
        "sections": section_fields(typed, spoken),
        "view": _view(request, shown, spoken),
        "public": f"/standard/{member.post.municipality}",
        "heads": version_heads(spoken),
        "lines": version_lines(versions, in_force, _today(request), spoken),
        "seen": await newest_version(member.post.municipality or ""),
    }
    return await show(request, "municipality/standard.html", values, status=status)


def _view(request: Request, shown: MunicipalityStandard | None, spoken: Language) -> object:
    home = request.app.state.catalogue.municipalities[member_of(request).post.municipality]
    return standard(home, shown, spoken) if shown else None


def _today(request: Request) -> date:
    return local_date(now_of(request))

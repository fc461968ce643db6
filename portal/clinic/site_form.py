"""What a citizen must know of a site: one form, for a new site and for one that changes."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.presenting.site_form import TEXTS, fact_options, language_options, mode_options
from portal.reading import site_number, text_of
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import tell
from providers.errors import GenvejError
from providers.sites.errors import FactsUnreadable
from providers.sites.facts import Typed, read_facts
from providers.sites.keeping import add_site, change_site
from providers.sites.lines import typed_of
from providers.sites.reading import own_site
from providers.words import N_

NEW = "/klinik/steder/nyt"
_LONGEST = 300


async def ask_new(request: Request) -> Response:
    """Empty, but for Danish and training one by one, which nearly everybody has."""
    return await _page(request, Typed(dict.fromkeys(TEXTS, ""), frozenset(), ["da"], ["individual"]), NEW)


async def add(request: Request) -> Response:
    """Keep the new site, or say beside the fields what is wrong."""
    typed = _typed(await request.form())
    try:
        number = await add_site(await read_facts(typed), actor=actor_of(request), now=now_of(request))
    except FactsUnreadable as error:
        return await _page(request, typed, NEW, error.by_field)
    tell(request, N_("Stedet er oprettet. Skriv nu på, hvem der arbejder der, og søg om at levere."))
    return RedirectResponse(f"/klinik/steder/{number}", 303)


async def ask(request: Request) -> Response:
    """With what is known; raises SiteUnknown."""
    site = await own_site(site_number(request), actor_of(request))
    return await _page(request, typed_of(site), _path(request))


async def change(request: Request) -> Response:
    """Keep it all or nothing; raises SiteUnknown."""
    typed = _typed(await request.form())
    await own_site(site_number(request), actor_of(request))
    try:
        facts = await read_facts(typed)
    except FactsUnreadable as error:
        return await _page(request, typed, _path(request), error.by_field)
    await change_site(site_number(request), facts, actor=actor_of(request), now=now_of(request))
    tell(request, N_("Oplysningerne er gemt og vises til borgerne nu."))
    return RedirectResponse(f"/klinik/steder/{site_number(request)}", 303)


async def _page(request: Request, typed: Typed, path: str, errors: Mapping[str, GenvejError] | None = None) -> Response:
    spoken = language_of(request)
    values = {
        "title": spoken.say("Nyt sted") if path == NEW else spoken.say("Ret oplysninger"),
        "path": path,
        "back": "/klinik/steder" if path == NEW else path.removesuffix("/oplysninger"),
        "typed": typed.texts,
        "facts": fact_options(typed, spoken),
        "languages": language_options(typed, spoken),
        "modes": mode_options(typed, spoken),
        "map": settings_of(request).map_shown,
        **problem_values(errors, spoken),
    }
    return await show(request, "clinic/site_form.html", values, status=400 if errors else 200)


def _path(request: Request) -> str:
    return f"/klinik/steder/{site_number(request)}/oplysninger"


def _typed(form: FormData) -> Typed:
    def ticked(name: str) -> list[str]:
        return [value for value in form.getlist(name) if isinstance(value, str)]

    texts = {name: text_of(form, name)[:_LONGEST] for name in TEXTS}
    return Typed(texts, frozenset(ticked("adgang")), ticked("sprog"), ticked("form"))

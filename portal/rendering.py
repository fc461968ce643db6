"""From a presenter's values to a page, or to the part of it that htmx asked for."""

from collections.abc import Callable, Hashable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from portal.acting import assistance_of, helper_of
from portal.assets import asset_url
from portal.identity.word import issuer_behind, own_plans
from portal.indexing import canonical
from portal.language import Language, language, language_of
from portal.presenting.forms import by_field
from portal.presenting.numbers import tel
from portal.templating import WholeLoader, isolate_names
from portal.whose_form import whose
from providers.reference import ATTRIBUTION

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment(code: str) -> Environment:
    """The templates in one language. A value that is missing is an error, never an empty place."""
    made = Environment(
        loader=WholeLoader(_TEMPLATES, language(code)),
        # A running portal has the templates that it was started with.
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(language(code).translations, newstyle=True)  # type: ignore[attr-defined]
    isolate_names(made)
    made.globals |= {"asset": asset_url, "lang": code, "kept": _kept(made)}
    return made


def _kept(templates: Environment) -> Callable[..., Markup]:
    """`kept("parts/…", name=value)` in a template: a part of a form in which nothing is wrong. It is rendered once for
    the same values, which can be compared and never change: a list's form is two thirds lines to choose from.
    """

    @lru_cache(maxsize=500)
    def kept(template: str, **values: Hashable) -> Markup:
        # The templates have escaped it already.
        return Markup(templates.get_template(template).render(values, by_field=by_field([])))  # noqa: S704

    return kept


def render(
    request: Request,
    template: str,
    values: Mapping[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page; when htmx asks and the page has a `fragment`, only that block of the same template."""
    spoken = language_of(request)
    context = {"request": request, "page": _frame(request, spoken), **values}
    loaded, sent = environment(spoken.code).get_template(template), dict(headers or {})
    if "HX-Request" not in request.headers:
        html = loaded.render(context)
    elif fragment:
        html = "".join(loaded.blocks[fragment](loaded.new_context(context)))
    else:
        # A page that has no such part, because the visit is over or something went wrong, is opened as a page.
        html, sent["HX-Redirect"] = "", _here(request)
    return HTMLResponse(html, status, {"Content-Language": spoken.code, "Vary": "Cookie, HX-Request", **sent})


def _frame(request: Request, spoken: Language) -> dict[str, Any]:
    """What the layout needs on every page."""
    settings = request.app.state.settings
    visit = getattr(request.state, "visit", None)
    return {
        "demo": settings.demo,
        "read_only": settings.read_only,
        "help_phone": settings.help_phone,
        "help_tel": tel(settings.help_phone),
        "path": request.url.path,
        "whose": partial(whose, request) if visit else str,
        "typed_again": getattr(request.state, "typed_again", False),
        "language": spoken.code,
        "canonical": canonical(request.url.path, settings.public_url),
        "attribution": ATTRIBUTION,
        "has_code": bool(visit and visit.data.get("plan")),
        "is_shut": getattr(request.state, "shut", False),
        "own_plans": len(own_plans(visit)) if visit else 0,
        "is_citizen": bool(visit and not visit.account_id and issuer_behind(visit)),
        "signed_in": bool(visit and visit.account_id),
        "assisting": assistance_of(visit) if visit else None,
        "helper": helper.person if visit and (helper := helper_of(visit, settings.vault())) else "",
    }


def _here(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path

"""The short form about transport: two questions, and what the trips cost. Its answers stay in the visit."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.cases import read_case
from matching.transport import Traveller
from portal.citizen.site_pages import site_by_number
from portal.citizen.travelling import Answers, answers_of, keep_answers
from portal.language import language_of
from portal.presenting.forms import Option, problem_values
from portal.reading import text_of
from portal.rendering import render
from portal.request_facts import now_of, plan_of
from portal.typed_again import typed_again
from portal.visits import visit_of
from providers.errors import GenvejError
from providers.models import Site
from providers.words import N_

_MOST_KRONER = 100_000
_LARGEST_SITE = 2**31 - 1
_YES_NO = {"ja": True, "nej": False}


class PensionMissing(GenvejError):
    code = "pension_missing"
    message = N_("Vælg ja eller nej til, om du er pensionist.")


class PublicTransportMissing(GenvejError):
    code = "public_transport_missing"
    message = N_("Vælg ja eller nej til, om du kan bruge bus, tog eller flextur.")


class PriceInvalid(GenvejError):
    code = "price_invalid"
    message = N_("Skriv prisen i hele kroner, for eksempel 120, eller lad feltet være tomt.")


_QUESTIONS: Mapping[str, type[GenvejError]] = {"pensionist": PensionMissing, "bustog": PublicTransportMissing}


async def show(request: Request) -> Response:
    """The form with what was answered before; `sted` in the address is the site that it is about."""
    plan_of(request)
    site = await _site(request.query_params.get("sted", ""))
    return await _form(request, site, typed_again(request, "/koersel"))


async def keep(request: Request) -> Response:
    """Remember the answers, and go back to where they were asked for."""
    form = await request.form()
    site = await _site(text_of(form, "sted"))
    before, errors = answers_of(request), dict[str, GenvejError]()
    answers = {name: _YES_NO.get(text_of(form, name)) for name in _QUESTIONS}
    errors |= {name: _QUESTIONS[name]() for name, answer in answers.items() if answer is None}
    prices = {name: _price(text_of(form, name)) for name in ("pris", "egen")}
    errors |= {name: PriceInvalid() for name, price in prices.items() if price == -1}
    if errors:
        return await _form(request, site, form, errors)
    kroner = dict(before.kroner)
    if site is not None:
        kroner.pop(str(site.pk), None)
        kroner |= {str(site.pk): prices["pris"]} if prices["pris"] is not None else {}
    traveller = Traveller(answers["pensionist"], not answers["bustog"])
    own_kroner = prices["egen"] if "egen" in form else before.own_kroner
    keep_answers(request, Answers(traveller, kroner, own_kroner))
    return RedirectResponse(_back(request, site), 303)


async def _form(
    request: Request, site: Site | None, form: FormData | None = None, errors: dict[str, GenvejError] | None = None
) -> Response:
    spoken = language_of(request)
    values = {
        "title": spoken.say("Kan du få kørslen betalt?"),
        "site": site,
        "is_own": site is not None and await _is_own(request, site),
        "typed": _typed(answers_of(request), site, form),
        "yes_no": [Option("ja", spoken.say("Ja")), Option("nej", spoken.say("Nej"))],
        **problem_values(errors, spoken),
        "back": _back(request, site),
    }
    return render(request, "transport_form.html", values, status=400 if errors else 200)


def _typed(answers: Answers, site: Site | None, form: FormData | None) -> dict[str, str]:
    """What stands in the form: what was typed just now, else what was answered before."""
    if form is not None:
        return {name: text_of(form, name)[:20] for name in ("pensionist", "bustog", "pris", "egen")}
    traveller = answers.traveller
    price = answers.kroner.get(str(site.pk)) if site else None
    said = {True: "ja", False: "nej", None: ""}
    can_ride = None if traveller.unable is None else not traveller.unable
    kroner = {"pris": price, "egen": answers.own_kroner}
    return {"pensionist": said[traveller.pensioner], "bustog": said[can_ride]} | {
        name: "" if amount is None else str(amount) for name, amount in kroner.items()
    }


async def _site(text: str) -> Site | None:
    """None when the form is about no site in particular; raises 404 for one that does not exist."""
    if not text:
        return None
    known = text.isascii() and text.isdigit() and 0 < int(text) <= _LARGEST_SITE
    return await site_by_number(int(text) if known else 0)


async def _is_own(request: Request, site: Site) -> bool:
    """Whether it is the home municipality's own place; then one price is enough."""
    case = await read_case(plan_of(request), now_of(request))
    return site.provider.municipality_id == case.plan.municipality_id


def _price(text: str) -> int | None:
    """Whole kroner, None for an empty field, -1 for what is no price."""
    figures = text.lower().removesuffix("kr.").removesuffix("kr").replace(" ", "").replace(".", "")
    if not figures:
        return None
    known = figures.isascii() and figures.isdigit() and int(figures) <= _MOST_KRONER
    return int(figures) if known else -1


def _back(request: Request, site: Site | None) -> str:
    if site is not None:
        return f"/steder/{site.pk}#koersel"
    query = visit_of(request).data.get("search") or {}
    return f"/steder?{urlencode(query)}" if query else "/steder"

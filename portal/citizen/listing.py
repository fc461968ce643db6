"""One page of the list, for a citizen with a code and for anybody: find, say how many, and link to the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from matching.finding import Match, Page, Search, Sort, find
from matching.finding.contradictions import check_wishes
from matching.finding.search import Terms
from matching.plan_facts import Basis
from portal.citizen.asking import Asked
from portal.citizen.places import Place
from portal.citizen.saving import saved_sites
from portal.citizen.standing import Standing
from portal.cursors import decode_cursor, encode_cursor, query_fingerprint
from portal.language import Language, language_of
from portal.presenting.question import question_words
from portal.presenting.results import Extent, Found, Results, count_words, similar_links, wider_links
from portal.presenting.sites import Card, card
from portal.presenting.tags import tags
from portal.rendering import render
from portal.request_facts import settings_of

PAGE = 10
"""Sites on a page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a list stands (`action`), what its address carries, and how its cards are written for this reader."""

    action: str
    query: dict[str, str]
    bases: Mapping[Basis, str]
    deadline: date | None
    href: Callable[[Match], str]
    transport: Callable[[Match], str] = lambda match: ""


async def found(request: Request, asked: Asked, place: Place, terms: Terms, listing: Listing) -> Found:
    """The page of the list that the request's cursor names, or its beginning.

    Raises CursorInvalid, and WishesContradict when nothing could ever be found.
    """
    wished, wishes = asked.wished, asked.wished.until(listing.deadline)
    check_wishes(wishes, terms, preview_private=asked.private)
    fingerprint = query_fingerprint(listing.action, terms.package_level_id, terms.plan_id, place, asked.as_query())
    key = settings_of(request).signing_key.get_secret_value()
    cursor = request.query_params.get("cursor")
    after = decode_cursor(cursor, fingerprint, key) if cursor else None
    radius = None if asked.radius is None else asked.radius * 1000.0
    page = await find(Search(terms, place.origin, radius, PAGE, after, wished.sort, wishes))
    spoken, by_time = language_of(request), wished.sort is Sort.FIRST_FREE
    extent = Extent(len(page.items), after is None, page.after is not None, asked.radius, place.name, by_time)
    return Found(
        count=count_words(extent, spoken),
        cards=_cards(page, listing, spoken, terms.now - settings_of(request).policy.mark_after),
        next_href=_cursor_href(listing, encode_cursor(page.after, fingerprint, key)) if page.after else None,
        first_href=_cursor_href(listing, None) if after else None,
        wider=() if page.after else wider_links(listing.action, listing.query, asked.radius, spoken),
        similar=similar_links(listing.action, listing.query, place.similar),
        origin=place.name,
        by_time=by_time,
        cursor=cursor or "",
    )


def show_list(request: Request, view: Results, *, standing: Standing | None = None, status: int = 200) -> Response:
    """The page, or what htmx needs of it; who searches without a code stands nowhere."""
    settings, spoken = settings_of(request), language_of(request)
    values = {
        "title": view.title,
        "view": view,
        "standing": standing,
        "saved": saved_sites(request) if standing else (),
        "tags": tags(view.query, view.form, spoken) if view.found else (),
        "asked": question_words(view.form, view.found.origin, spoken) if view.found else "",
        "map": settings.map_shown,
    }
    return render(request, "results.html", values, fragment="search", status=status)


def _cards(page: Page, listing: Listing, spoken: Language, marked_before: datetime) -> tuple[Card, ...]:
    return tuple(
        card(
            match,
            listing.href(match),
            listing.bases,
            listing.deadline,
            spoken,
            transport=listing.transport(match),
            marked_before=marked_before,
        )
        for match in page.items
    )


def _cursor_href(listing: Listing, cursor: str | None) -> str:
    query = listing.query | ({"cursor": cursor} if cursor else {})
    return f"{listing.action}?{urlencode(query)}" if query else listing.action

"""The sites that a citizen has saved: remembered until the visit ends, and by nobody else."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.reading import text_of, whole_number
from portal.visits import visit_of

_KEPT = "saved"
_MOST = 10
_LARGEST_SITE = 2**31


def saved_sites(request: Request) -> list[int]:
    """Their numbers, in the order in which they were saved."""
    return list(visit_of(request).data.get(_KEPT) or [])


async def save_site(request: Request) -> Response:
    """Save the site, or take it off again; the list stays where it was."""
    form = await request.form()
    number, cursor = whole_number(text_of(form, "nr")), text_of(form, "cursor")
    query = dict(visit_of(request).data.get("search") or {}) | ({"cursor": cursor} if cursor else {})
    if number is not None and number < _LARGEST_SITE:
        kept = saved_sites(request)
        kept = [one for one in kept if one != number] if number in kept else [*kept, number]
        visit_of(request).data[_KEPT] = kept[-_MOST:]
    return RedirectResponse(f"/steder{'?' if query else ''}{urlencode(query)}#sted-{number or ''}", 303)

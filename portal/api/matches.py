"""GET matches: where a package, or a forløbskode, leads to."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from matching.cases import read_case
from matching.finding import Origin, Search, find
from matching.finding.contradictions import check_wishes
from matching.finding.search import Terms
from matching.finding.terms import terms_of_anybody, terms_of_case
from portal.api.credentials import has_code, plan_of_code
from portal.api.errors import MISSING, Fault, RequestInvalid
from portal.api.match_question import MatchQuestion
from portal.api.places import Place, catalogue_of, place_of_municipality, resolve_place
from portal.api.presenting import answer, match_item
from portal.cursors import decode_cursor, encode_cursor, query_fingerprint
from portal.request_facts import now_of, settings_of
from providers.words import N_

_EITHER = N_("Pakke og niveau står i planen bag koden. Send enten koden eller package og level.")
_PLAN_NEEDED = N_("within_guarantee kræver en forløbskode, for uden en plan er der ingen frist.")
_PACKAGE_UNKNOWN = N_("Pakken findes ikke. Koderne står i /api/v1/packages.")


async def get_matches(request: Request, asked: MatchQuestion) -> Response:
    """One page of sites: of a plan with its code, of anybody's package without."""
    place = await resolve_place(request, asked)
    if has_code(request):
        return await _of_code(request, asked, place)
    return await _of_package(request, asked, place)


async def _of_package(request: Request, asked: MatchQuestion, place: Place | None) -> Response:
    needed = {"package": asked.package, "level": asked.level, "postal_code": place}
    if asked.package is None or asked.level is None or place is None:
        raise RequestInvalid([Fault("query", name, MISSING) for name, value in needed.items() if value is None])
    if asked.package not in catalogue_of(request).packages:
        raise RequestInvalid([Fault("query", "package", _PACKAGE_UNKNOWN)])
    if asked.within_guarantee:
        raise RequestInvalid([Fault("query", "within_guarantee", _PLAN_NEEDED)])
    policy = settings_of(request).policy
    terms = terms_of_anybody(asked.package, asked.level, place.municipality_code, now_of(request), policy)
    return await _page(request, asked, terms, place.origin, None)


async def _of_code(request: Request, asked: MatchQuestion, place: Place | None) -> Response:
    doubled = {"package": asked.package, "level": asked.level}
    if faults := [Fault("query", name, _EITHER) for name, value in doubled.items() if value is not None]:
        raise RequestInvalid(faults)
    # Entering is written to the look-up log, and every request enters: that entry is the record of this look.
    case = await read_case(await plan_of_code(request), now_of(request))
    terms = terms_of_case(case, settings_of(request).policy, preview_private=asked.private == "later")
    place = place or place_of_municipality(request, case.plan.municipality_id)
    return await _page(request, asked, terms, place.origin, case.rights.deadline)


async def _page(
    request: Request, asked: MatchQuestion, terms: Terms, origin: Origin, deadline: date | None
) -> Response:
    key = settings_of(request).signing_key.get_secret_value()
    radius = None if asked.radius_km is None else asked.radius_km * 1000
    wishes = asked.wishes(deadline)
    check_wishes(wishes, terms, preview_private=asked.private == "later")
    question = query_fingerprint(
        *("matches", terms.package_level_id, terms.home_municipality, terms.plan_id, asked.private),
        *(origin.easting, origin.northing, radius),
        *(asked.sort, asked.within_guarantee, wishes.kind, wishes.language),
        *(sorted(chosen) for chosen in (wishes.modes, wishes.facts, wishes.parts)),
    )
    after = None if asked.cursor is None else decode_cursor(asked.cursor, question, key)
    found = await find(Search(terms, origin, radius, asked.limit, after, asked.sort, wishes))
    following = None if found.after is None else encode_cursor(found.after, question, key)
    return answer({"items": [match_item(match, deadline) for match in found.items], "next_cursor": following})

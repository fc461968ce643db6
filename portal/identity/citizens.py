"""Citizens who come by an issuer. Of who they are, nothing is kept but the numbers of their plans."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.identifying import identify
from portal.citizen.confirming import next_page
from portal.identity.claims import cpr_of, had_two_factors
from portal.identity.errors import TooFewFactors
from portal.identity.issuer import Issuer
from portal.identity.refusing import no_plan
from portal.identity.tokens import Claims
from portal.identity.word import BY, for_plans
from portal.request_facts import now_of, settings_of
from portal.typed_again import carried
from portal.visits import renew_visit, visit_of


async def arrive(request: Request, issuer: Issuer, claims: Claims) -> Response:
    """Open their plan, as with the second factor and more; who has several chooses, who has none is told so."""
    if not had_two_factors(claims, issuer.settings):
        raise TooFewFactors
    plans = await identify(cpr_of(claims, issuer.settings), now=now_of(request), vault=settings_of(request).vault())
    if plans:
        return await open_plans(request, issuer.key, plans)
    await renew_visit(request)
    # They are known by nothing, but can leave the issuer by the same button as everybody.
    visit_of(request).data = {BY: for_plans(issuer.key, [])}
    return await no_plan(request, issuer)


async def open_plans(request: Request, issuer: str, plans: list[int]) -> Response:
    """Come in as the citizen of these plans, of which there is one at least."""
    before = visit_of(request).data
    await renew_visit(request)
    visit_of(request).data = {BY: for_plans(issuer, plans)} | carried(before, *plans)
    chosen = plans[0] if len(plans) == 1 else before.get("plan")
    if chosen not in plans:
        return RedirectResponse("/mine-planer", 303)
    # Who was on the way to a time of this plan goes on with it.
    on_the_way = {name: before[name] for name in ("slot", "moving") if before.get("plan") == chosen and name in before}
    visit_of(request).data |= {"plan": chosen, "verified": True} | on_the_way
    return RedirectResponse(await next_page(request), 303)

"""The way out. Who came by an issuer leaves it as well, or the next person at the same screen would come in there."""

from collections.abc import Mapping
from typing import cast

from starlette.requests import Request

from portal.identity.issuer import Issuer
from portal.identity.word import issuer_behind
from portal.request_facts import now_of
from portal.visits import visit_of


async def way_out(request: Request, start: str) -> str:
    """Where somebody who leaves goes, to end up on our page `start`; asked before their visit is ended."""
    issuers = cast(Mapping[str, Issuer], request.app.state.issuers)
    issuer = issuers.get(issuer_behind(visit_of(request)) or "")
    return (await issuer.address_to_sign_out(start, now_of(request)) if issuer else None) or start

"""What an issuer tells about the person only when asked once more (OpenID Connect Core 1.0, section 5.3)."""

from collections.abc import Mapping
from typing import Any

import httpx

from portal.identity.calling import ask
from portal.identity.errors import AnswerRefused, IssuerSilent
from portal.identity.tokens import Claims


async def with_userinfo(
    client: httpx.AsyncClient, endpoint: str | None, tokens: Mapping[str, Any], claims: Claims
) -> Claims:
    """The token's claims, with those beside it. Raises AnswerRefused, above all when they are about somebody else."""
    if endpoint is None:
        raise IssuerSilent(faults=["It has no userinfo. Set __USERINFO to false."])
    bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
    status, told = await ask(client, "GET", endpoint, headers=bearer)
    if status != 200 or told.get("sub") != claims["sub"]:
        raise AnswerRefused
    return {**told, **{name: value for name, value in claims.items() if value is not None}}

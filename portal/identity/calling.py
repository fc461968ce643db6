"""The client that asks issuers, and one question to one of them."""

from typing import Any

import httpx

from portal.identity.errors import IssuerSilent
from providers import asking
from providers.outgoing import outgoing_client
from providers.targets import Targets

_SECONDS = 8.0
_CONNECT_SECONDS = 3.0


def issuer_client(targets: Targets) -> httpx.AsyncClient:
    """The client for all issuers, which calls these targets only."""
    return outgoing_client(
        targets,
        timeout=httpx.Timeout(_SECONDS, connect=_CONNECT_SECONDS),
        headers={"User-Agent": "Genvej", "Accept": "application/json", "Accept-Encoding": "identity"},
    )


async def ask(client: httpx.AsyncClient, method: str, url: str, **how: Any) -> tuple[int, dict[str, Any]]:
    """The status, and the object that the issuer answers with; raises IssuerSilent when it answers with none."""
    try:
        return await asking.ask(client, method, url, seconds=_SECONDS, **how)
    except asking.NoObject as error:
        raise IssuerSilent from error

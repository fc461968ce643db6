"""One call to an issuer: it ends in time, with a JSON object of a bearable size or with an error."""

import asyncio
import json
from typing import Any

import httpx

from portal.identity.errors import IssuerSilent
from providers.outgoing import outgoing_client
from providers.targets import Targets

_SECONDS = 8.0
_CONNECT_SECONDS = 3.0
_LARGEST = 256 * 1024


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
        async with asyncio.timeout(_SECONDS), client.stream(method, url, **how) as response:
            found = json.loads(await _read(response))
    except Exception as error:
        # As with reports, no list of what may come out of a connection is complete.
        raise IssuerSilent from error
    if not isinstance(found, dict):
        raise IssuerSilent
    return response.status_code, found


async def _read(response: httpx.Response) -> bytes:
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > _LARGEST:
            raise ValueError("the answer is too large")
    return body
